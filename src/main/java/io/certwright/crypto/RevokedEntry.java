package io.certwright.crypto;

import java.time.Instant;

/** One line of a revocation list, or what an OCSP answer says of a revoked certificate; {@code reason} in RFC 5280's words (5.3.1). */
public record RevokedEntry(String reason, Instant revokedAt) {
    private static final String[] REASONS = {
        "unspecified",
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "unspecified",
        "removeFromCRL",
        "privilegeWithdrawn",
        "aACompromise"
    };

    /** The word for a CRLReason; numbers that RFC 5280 does not know are unspecified. */
    static String reasonOf(int number) {
        return number >= 0 && number < REASONS.length ? REASONS[number] : REASONS[0];
    }
}
