package io.certwright.enrollment.builtin;

import io.certwright.enrollment.RevocationReason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** One line of a revocation list; {@code notAfter} of the certificate says how long it is listed. */
record RevokedCertificate(BigInteger serial, RevocationReason reason, Instant at, Instant notAfter) {
    byte[] encode() {
        return String.join(" ", serial.toString(16), reason.name(), at.toString(), notAfter.toString())
                .getBytes(StandardCharsets.US_ASCII);
    }

    static RevokedCertificate decode(byte[] encoded) {
        String[] parts = new String(encoded, StandardCharsets.US_ASCII).split(" ", -1);
        return new RevokedCertificate(
                new BigInteger(parts[0], 16),
                RevocationReason.valueOf(parts[1]),
                Instant.parse(parts[2]),
                Instant.parse(parts[3]));
    }

    /** Until one list after its expiry has named it (RFC 5280, 3.3), and a little longer. */
    boolean isListedAt(Instant now, Duration listLifetime) {
        return now.isBefore(notAfter.plus(listLifetime.multipliedBy(2)));
    }
}
