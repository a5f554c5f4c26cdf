package io.certwright.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** From {@code notBefore} to {@code notAfter}, both ends inclusive (RFC 5280, 4.1.2.5); X.509 counts whole seconds in UTC. */
public record ValidityPeriod(Instant notBefore, Instant notAfter) {
    public static ValidityPeriod of(X509Certificate certificate) {
        return new ValidityPeriod(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** An instant within the last second of validity is still valid: {@code notAfter} names that whole second. */
    public boolean isValidAt(Instant instant) {
        return !isNotYetValidAt(instant) && !isExpiredAt(instant);
    }

    public boolean isNotYetValidAt(Instant instant) {
        return instant.isBefore(notBefore);
    }

    public boolean isExpiredAt(Instant instant) {
        return !instant.isBefore(notAfter.plusSeconds(1));
    }

    /** Never negative: a period that ends before it begins has lifetime zero. */
    public Duration lifetime() {
        return notAfter.isBefore(notBefore) ? Duration.ZERO : Duration.between(notBefore, notAfter);
    }

    /** Negative once expired. */
    public Duration remainingAt(Instant instant) {
        return Duration.between(instant, notAfter);
    }

    public boolean isWithin(ValidityPeriod outer) {
        return !notBefore.isBefore(outer.notBefore) && !notAfter.isAfter(outer.notAfter);
    }
}
