package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.IssuerName;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A certificate of our inventory: what the CA gave, the key it belongs to, and what has become of it.
 *
 * @param acceptedAt when our checks accepted it; empty for one that was refused and must never be bound, and for an adopted one
 * @param inUseSince when it last became the certificate in use under its name
 * @param plannedSwitchOver when its successor was to be bound, as planned when it came into use: a stuck renewal cannot move it
 * @param retiredAt when it was taken out of use with its pin
 */
public record StoredCertificate(
        CertificateName name,
        IssuedCertificate certificate,
        IssuerName issuer,
        String wishDigest,
        UUID renewal,
        Optional<SealedKey> key,
        Optional<String> hostKey,
        Instant receivedAt,
        Optional<Instant> acceptedAt,
        Optional<Instant> inUseSince,
        Optional<Instant> plannedSwitchOver,
        Optional<Instant> retiredAt,
        Optional<Instant> revokedAt) {

    /**
     * Whether a person bound it by hand before it was known here. Its CA may be a stranger, its key is where that person put it, and our
     * checks have no say about it.
     */
    public boolean isAdopted() {
        return acceptedAt.isEmpty() && inUseSince.isPresent();
    }

    public boolean isRevoked() {
        return revokedAt.isPresent();
    }

    /** Whether a server may be pointed (back) to it at {@code instant}. */
    public boolean isFitToServeAt(Instant instant) {
        return (acceptedAt.isPresent() || isAdopted())
                && !isRevoked()
                && certificate.validity().isValidAt(instant);
    }
}
