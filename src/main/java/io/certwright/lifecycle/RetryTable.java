package io.certwright.lifecycle;

import io.certwright.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a failed renewal is tried again: a visible row of intervals for each kind of failure, the last one for ever. Nothing is given
 * up while the certificate still runs, and as its end nears the intervals shrink to a fraction of what is left.
 */
public final class RetryTable {
    private static final Duration SHORTEST_NEAR_THE_END = Duration.ofMinutes(5);
    private static final int SHARE_OF_REMAINING = 8;

    private RetryTable() {}

    // Intervals after the 1st, 2nd, 3rd … failure in a row.
    static List<Duration> intervalsFor(FailureKind kind) {
        return switch (kind) {
            case UNREACHABLE -> minutes(1, 5, 15, 60, 240, 720);
            case THROTTLED -> minutes(60, 360, 1440);
            case UNAUTHORIZED -> minutes(60, 360, 1440);
            case MALFORMED_ANSWER -> minutes(15, 60, 360, 1440);
            case REFUSED -> minutes(360, 1440);
            case INTERNAL -> minutes(5, 60, 360, 1440);
        };
    }

    /**
     * When it is tried again.
     *
     * @param failures how many in a row by now, at least 1
     * @param asked the wait that the other side asked for, which is never undercut
     * @param ends when the certificate in use ends, if there is one
     */
    public static Instant nextAttempt(
            FailureKind kind, int failures, Optional<Duration> asked, Optional<Instant> ends, Instant now) {
        List<Duration> intervals = intervalsFor(kind);
        Duration interval = intervals.get(Math.min(failures, intervals.size()) - 1);
        Duration wait = ends.map(end -> Duration.between(now, end).dividedBy(SHARE_OF_REMAINING))
                .map(share -> shorter(interval, longer(share, SHORTEST_NEAR_THE_END)))
                .orElse(interval);
        return now.plus(asked.map(least -> longer(least, wait)).orElse(wait));
    }

    private static List<Duration> minutes(long... values) {
        return java.util.Arrays.stream(values).mapToObj(Duration::ofMinutes).toList();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
