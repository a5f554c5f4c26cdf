package io.certwright.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The beginning and the end of what a program prints. It reads on until nobody holds the other end any more, in a thread of its own: a
 * server that was started by the program and kept its output would else be stopped by a full pipe.
 */
final class Printed {
    /** How many bytes of its beginning are kept. */
    static final int LARGEST = 32 * 1024;

    private static final int KEPT = 2000;
    /** What a program said last may arrive just after its end. */
    private static final long LAST_WORDS_MILLIS = 1000;

    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final byte[] kept = new byte[KEPT];
    private final CountDownLatch ended = new CountDownLatch(1);
    private long printed;

    private Printed() {}

    static Printed by(InputStream output) {
        Printed printed = new Printed();
        Thread reading = new Thread(() -> printed.readAll(output), "certwright-program-output");
        reading.setDaemon(true);
        reading.start();
        return printed;
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
        beginning.write(some, 0, Math.min(length, LARGEST - beginning.size()));
        for (int i = 0; i < length; i++) {
            kept[(int) (printed++ % KEPT)] = some[i];
        }
    }

    /** The first bytes, at most {@link #LARGEST}. */
    byte[] beginning() {
        isComplete();
        synchronized (this) {
            return beginning.toByteArray();
        }
    }

    /** The last words. Waits a moment for the end of the output, which is far off where a server keeps it open. */
    String end() {
        return isComplete() ? endSoFar() : endSoFar() + " …";
    }

    private boolean isComplete() {
        try {
            return ended.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized String endSoFar() {
        int start = (int) (printed % KEPT);
        byte[] ordered = printed <= KEPT ? Arrays.copyOf(kept, (int) printed) : new byte[KEPT];
        if (printed > KEPT) {
            System.arraycopy(kept, start, ordered, 0, KEPT - start);
            System.arraycopy(kept, 0, ordered, KEPT - start, start);
        }
        return new String(ordered, StandardCharsets.UTF_8).strip();
    }
}
