package io.certwright.schedule;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that another thread or process brings about, with a limit. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(30);

    private Waiting() {}

    @FunctionalInterface
    interface Condition {
        boolean holds() throws LifecycleException;
    }

    static void until(String what, Duration limit, Condition condition) throws LifecycleException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + limit + " in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
