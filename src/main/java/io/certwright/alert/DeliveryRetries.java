package io.certwright.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long an undelivered mail waits for its next try. Thirty-six tries last a week; then a person has to look at it. */
final class DeliveryRetries {
    private static final List<Duration> WAITS = List.of( // running total
            Duration.ofMinutes(1), // 1 minute
            Duration.ofMinutes(4), // 5 minutes
            Duration.ofMinutes(10), // 15 minutes
            Duration.ofMinutes(15), // 30 minutes: past the usual greylisting
            Duration.ofMinutes(30), // 1 hour
            Duration.ofHours(1), // 2 hours
            Duration.ofHours(2), // 4 hours
            Duration.ofHours(4)); // 8 hours; from here every 6 hours
    private static final Duration LATER = Duration.ofHours(6);
    private static final int MOST_TRIES = 36;

    private DeliveryRetries() {}

    /** @param tries how often it was tried, this time included; empty when it is given up */
    static Optional<Duration> waitAfter(int tries) {
        if (tries >= MOST_TRIES) {
            return Optional.empty();
        }
        return Optional.of(tries <= WAITS.size() ? WAITS.get(Math.max(0, tries - 1)) : LATER);
    }
}
