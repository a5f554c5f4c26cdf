package io.certwright.crypto;

import io.certwright.certificate.ValidityPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Validity from a little before now, so that clients whose clocks are behind take the certificate: five minutes, or a tenth of a
 * short lifetime. In whole seconds, as X.509 counts.
 */
public final class Backdated {
    private static final Duration MOST = Duration.ofMinutes(5);

    private Backdated() {}

    public static ValidityPeriod period(Instant now, Duration lifetime) {
        Duration tenth = lifetime.dividedBy(10);
        Duration back = tenth.compareTo(MOST) < 0 ? tenth : MOST;
        return new ValidityPeriod(
                now.minus(back).truncatedTo(ChronoUnit.SECONDS),
                now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Not from before the issuer's own notBefore; its notAfter is for the caller to respect. */
    public static ValidityPeriod within(ValidityPeriod issuer, Instant now, Duration lifetime) {
        ValidityPeriod wished = period(now, lifetime);
        Instant notBefore = wished.notBefore().isBefore(issuer.notBefore()) ? issuer.notBefore() : wished.notBefore();
        return new ValidityPeriod(notBefore, wished.notAfter());
    }
}
