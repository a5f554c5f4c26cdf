package io.certwright.store.postgres.embedded;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Waits for a condition by looking again and again, never longer than it is told. */
final class Patience {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final LongSupplier nanos;
    private final Pause pause;

    Patience(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    static Patience real() {
        return new Patience(System::nanoTime, wait -> Thread.sleep(wait.toMillis()));
    }

    /** True as soon as the condition holds; false when it still does not after {@code limit}, or when the thread is interrupted. */
    boolean await(Duration limit, Condition condition) throws LifecycleException {
        long start = nanos.getAsLong();
        while (!condition.holds()) {
            if (nanos.getAsLong() - start >= limit.toNanos()) {
                return false;
            }
            try {
                pause.of(BETWEEN_LOOKS);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    @FunctionalInterface
    interface Condition {
        boolean holds() throws LifecycleException;
    }

    @FunctionalInterface
    interface Pause {
        void of(Duration wait) throws InterruptedException;
    }
}
