package io.certwright.probe.jsse;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** One moment by which the whole look must be over, on the monotonic clock: a clock that is set must not end or prolong it. */
final class Deadline {
    private final Duration limit;
    private final long end;

    private Deadline(Duration limit, long end) {
        this.limit = limit;
        this.end = end;
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    Duration limit() {
        return limit;
    }

    /** What is left, at least one millisecond: a socket takes 0 for "for ever". */
    int millisLeft() throws SocketTimeoutException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left < 1) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** As {@link #millisLeft}. */
    Duration left() throws SocketTimeoutException {
        return Duration.ofMillis(millisLeft());
    }
}
