package io.certwright.alert;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.config.DurationOrShare;
import io.certwright.config.FixedDuration;
import io.certwright.config.LifetimeShare;
import java.time.Duration;
import java.time.Instant;

/**
 * How much of a certificate's time is left when people are told: a duration from one minute to ten years, or a share of its
 * lifetime from 1% to 99%.
 */
public record AlertThreshold(DurationOrShare left) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    public AlertThreshold {
        if (!isUsable(left)) {
            throw new IllegalArgumentException("alert threshold: got " + left
                    + ", wanted 1m to 3650d before expiry, or 1% to 99% of the lifetime");
        }
    }

    /** {@code 30d}, {@code 12h}, {@code 1d 12h}, or {@code 25%} of the lifetime. */
    public static AlertThreshold parse(String text) {
        return new AlertThreshold(DurationOrShare.parse(text));
    }

    private static boolean isUsable(DurationOrShare left) {
        if (left instanceof FixedDuration fixed) {
            return fixed.duration().compareTo(SHORTEST) >= 0 && fixed.duration().compareTo(LONGEST) <= 0;
        }
        return left instanceof LifetimeShare share && share.perMille() >= 10 && share.perMille() <= 990;
    }

    /** When a certificate with this validity crosses the threshold; at that instant it counts as crossed. */
    public Instant crossedAt(ValidityPeriod validity) {
        return validity.notAfter().minus(left.of(validity.lifetime()));
    }

    /** As people write it in the settings, {@code 30d} or {@code 25%}: the stage under which an alert is remembered. */
    public String stage() {
        return left.toString();
    }
}
