package io.certwright.enrollment;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the CA would like a certificate renewed (RFC 9773).
 *
 * @param opens from then on
 * @param closes until then; by spreading over the window many clients do not come at once
 * @param explanation an address with the CA's reason, where it gave one
 */
public record RenewalWindow(Instant opens, Instant closes, Optional<String> explanation) {
    public RenewalWindow {
        if (!closes.isAfter(opens)) {
            throw new IllegalArgumentException(
                    "renewal window: got " + opens + " to " + closes + ", wanted an end after its start");
        }
    }

    /** The instant within the window that falls to who drew {@code chance}, 0 to 1. */
    public Instant at(double chance) {
        return opens.plus(
                Duration.ofMillis((long) (Duration.between(opens, closes).toMillis() * chance)));
    }
}
