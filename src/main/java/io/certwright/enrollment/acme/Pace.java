package io.certwright.enrollment.acme;

import io.certwright.enrollment.PollPause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * When the CA is asked again whether it is done: quickly at first, for most are done at once, then at the pace that it asks for; and
 * not at all when the time of this run is up.
 */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration QUICK_FOR = Duration.ofSeconds(2);
    private static final Duration UNASKED = Duration.ofSeconds(3);

    private final PollPause pause;
    private final Duration limit;
    private final Function<Instant, Duration> waitUntil;
    private final long startedAt = System.nanoTime();
    private Duration paused = Duration.ZERO;
    private Duration next = FIRST;

    Pace(PollPause pause, Duration limit, Function<Instant, Duration> waitUntil) {
        this.pause = pause;
        this.limit = limit;
        this.waitUntil = waitUntil;
    }

    /** Waits for the next look; false, without waiting, where it would come after the limit or the thread is to stop. */
    boolean waited(Optional<Instant> retryAfter) {
        Duration wait = nextWait(retryAfter);
        Duration real = Duration.ofNanos(System.nanoTime() - startedAt);
        Duration spent = real.compareTo(paused) > 0 ? real : paused;
        if (spent.plus(wait).compareTo(limit) > 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        pause.lasting(wait);
        paused = paused.plus(wait);
        return true;
    }

    /** How long to leave the CA alone when this run is over. */
    Duration afterwards(Optional<Instant> retryAfter) {
        Duration asked = retryAfter.map(waitUntil).orElse(Duration.ZERO);
        Duration least = Duration.ofSeconds(30);
        return asked.compareTo(least) > 0 ? asked : least;
    }

    private Duration nextWait(Optional<Instant> retryAfter) {
        if (paused.compareTo(QUICK_FOR) < 0) {
            Duration quick = next;
            next = next.multipliedBy(3).dividedBy(2);
            return quick;
        }
        return retryAfter.map(waitUntil).orElse(UNASKED);
    }
}
