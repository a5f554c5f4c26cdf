package io.certwright.windows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a host says up to a bound; beyond it, writing fails or is dropped. May be written by one thread and read by another. */
public final class BoundedOutput extends OutputStream {
    private static final int LONGEST_COMPLAINT = 200_000;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int bound;
    private final boolean strict;
    private boolean exceeded;

    private BoundedOutput(int bound, boolean strict) {
        this.bound = bound;
        this.strict = strict;
    }

    /** For the answer: too much of it is a failure. */
    public static BoundedOutput ofAnswer() {
        return new BoundedOutput(Visit.LONGEST_OUTPUT, true);
    }

    /** For what is said beside it: the rest is dropped. */
    public static BoundedOutput ofComplaints() {
        return new BoundedOutput(LONGEST_COMPLAINT, false);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        int room = Math.max(0, bound - kept.size());
        kept.write(bytes, from, Math.min(room, length));
        if (length > room) {
            exceeded = true;
            if (strict) {
                throw new IOException("more than " + bound + " bytes");
            }
        }
    }

    public synchronized boolean isExceeded() {
        return exceeded;
    }

    /** Answers are ASCII; of everything else each byte is a character. */
    public synchronized String text() {
        return kept.toString(StandardCharsets.ISO_8859_1);
    }
}
