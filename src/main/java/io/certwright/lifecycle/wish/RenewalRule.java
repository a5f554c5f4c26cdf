package io.certwright.lifecycle.wish;

import java.time.Duration;

/**
 * When a certificate is to be renewed, as a share of its lifetime, and by which share of the lifetime chance may move that
 * earlier (never later), so that a thousand certificates of one day do not come back on one day.
 *
 * @param at share of the lifetime after which renewal starts, over 0 and under 1
 * @param jitter share of the lifetime by which it may start earlier, at least 0 and less than {@code at}
 */
public record RenewalRule(double at, double jitter) {
    /** Two thirds of the lifetime, up to a tenth earlier: the habit of the field. */
    public static final RenewalRule USUAL = new RenewalRule(0.66, 0.10);

    public RenewalRule {
        if (!(at > 0 && at < 1)) {
            throw new IllegalArgumentException(
                    "renew at: got " + percent(at) + ", wanted more than 0% and less than 100%");
        }
        if (!(jitter >= 0 && jitter < at)) {
            throw new IllegalArgumentException(
                    "renew jitter: got " + percent(jitter) + ", wanted at least 0% and less than " + percent(at));
        }
    }

    /** How long after {@code notBefore} renewal starts; {@code chance} in 0..1 decides how much of the jitter is used. */
    public Duration startAfter(Duration lifetime, double chance) {
        return Duration.ofMillis((long) (lifetime.toMillis() * (at - jitter * chance)));
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + "%";
    }
}
