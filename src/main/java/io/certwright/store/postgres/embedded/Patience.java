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
        Deadline deadline = within(limit);
        while (!condition.holds()) {
            if (!deadline.leavesTime()) {
                return false;
            }
        }
        return true;
    }

    Deadline within(Duration limit) {
        return new Deadline(nanos.getAsLong(), limit);
    }

    /** The end of a span that began when it was asked for. */
    final class Deadline {
        private final long start;
        private final Duration limit;

        private Deadline(long start, Duration limit) {
            this.start = start;
            this.limit = limit;
        }

        /** Rests for a moment and says true; or says false at once when the time is up or the thread is interrupted. */
        boolean leavesTime() {
            if (nanos.getAsLong() - start >= limit.toNanos()) {
                return false;
            }
            try {
                pause.of(BETWEEN_LOOKS);
                return true;
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
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
