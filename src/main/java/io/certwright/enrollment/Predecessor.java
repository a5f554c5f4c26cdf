package io.certwright.enrollment;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.SealedKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The certificate that a new one replaces. Several protocols let it vouch for the request: EST and CMP by the TLS client or the
 * message's signature, SCEP and AD CS by signing the request.
 *
 * @param issuer who gave it; only there can it vouch for anything
 * @param key its private key where that was made and sealed here
 */
public record Predecessor(IssuedCertificate certificate, IssuerName issuer, Optional<SealedKey> key) {
    /** Whether it can vouch for its successor: it came from the issuer that is asked, its key is here, and it is valid. */
    public boolean vouchesAt(IssuerName asked, Instant now) {
        return issuer.equals(asked) && key.isPresent() && certificate.validity().isValidAt(now);
    }
}
