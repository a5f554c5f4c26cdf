package io.certwright.binding.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of what a program prints. It reads on until nobody holds the other end any more, in a thread of its own: a server that
 * was started by the program and kept its output would else be stopped by a full pipe.
 */
final class OutputTail {
    private static final int KEPT = 2000;
    /** What a program said last may arrive just after its end. */
    private static final long LAST_WORDS_MILLIS = 1000;

    private final byte[] kept = new byte[KEPT];
    private final CountDownLatch ended = new CountDownLatch(1);
    private long printed;

    private OutputTail() {}

    static OutputTail of(InputStream output) {
        OutputTail tail = new OutputTail();
        Thread reading = new Thread(() -> tail.readAll(output), "certwright-reload-output");
        reading.setDaemon(true);
        reading.start();
        return tail;
    }

    private void readAll(InputStream output) {
        byte[] some = new byte[4096];
        try (output) {
            for (int read = output.read(some); read >= 0; read = output.read(some)) {
                add(some, read);
            }
        } catch (IOException closed) {
            add(new byte[0], 0);
        } finally {
            ended.countDown();
        }
    }

    private synchronized void add(byte[] some, int length) {
        for (int i = 0; i < length; i++) {
            kept[(int) (printed++ % KEPT)] = some[i];
        }
    }

    /** Waits a moment for the end of the output, which is far off where a server keeps it open. */
    String text() {
        try {
            boolean complete = ended.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            return complete ? textSoFar() : textSoFar() + " …";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return textSoFar();
        }
    }

    private synchronized String textSoFar() {
        int start = (int) (printed % KEPT);
        byte[] ordered = printed <= KEPT ? Arrays.copyOf(kept, (int) printed) : new byte[KEPT];
        if (printed > KEPT) {
            System.arraycopy(kept, start, ordered, 0, KEPT - start);
            System.arraycopy(kept, 0, ordered, KEPT - start, start);
        }
        return new String(ordered, StandardCharsets.UTF_8).strip();
    }
}
