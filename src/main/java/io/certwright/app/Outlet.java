package io.certwright.app;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Where output leaves the process. It remembers why some of it did not, which a {@link java.io.PrintStream} keeps to itself. */
final class Outlet extends OutputStream {
    private final OutputStream target;
    private Optional<String> failure = Optional.empty();

    Outlet(OutputStream target) {
        this.target = target;
    }

    /** Why output was lost; nothing where the reader went away of itself, as {@code head} does. */
    synchronized Optional<String> failure() {
        return failure.filter(why -> !why.toLowerCase(Locale.ROOT).contains("pipe"));
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException lost) {
            if (failure.isEmpty()) {
                failure = Optional.of(String.valueOf(lost.getMessage()));
            }
            throw lost;
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
