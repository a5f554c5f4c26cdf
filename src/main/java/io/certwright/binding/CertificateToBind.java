package io.certwright.binding;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.SealedKey;
import java.util.Optional;

/**
 * A stored certificate on its way to a server, and where its private key is: sealed here ({@code key}), or on the host under
 * {@code hostKeyReference}. Exactly one of the two is there.
 *
 * @param friendlyName what Windows shows in its lists
 */
public record CertificateToBind(
        CertificateName name,
        String friendlyName,
        IssuedCertificate certificate,
        Optional<SealedKey> key,
        Optional<String> hostKeyReference) {
    public CertificateToBind {
        if (key.isPresent() == hostKeyReference.isPresent()) {
            throw new IllegalArgumentException("certificate to bind " + name + ": got "
                    + (key.isPresent() ? "a sealed key and a key on the host" : "no key at all")
                    + ", wanted exactly one of a sealed key and a key on the host");
        }
    }
}
