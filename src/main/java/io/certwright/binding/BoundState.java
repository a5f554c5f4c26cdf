package io.certwright.binding;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Sha256Fingerprint;
import java.util.Optional;

/**
 * What a binding points at: the certificate, if any, and the adapter's own words to restore exactly this state.
 *
 * @param chain empty where nothing is bound, or where what is bound cannot be read as a certificate
 * @param memento written and read by the adapter that made it, opaque to everybody else; holds no secret
 */
public record BoundState(Optional<CertificateChain> chain, String memento) {
    /** Whether the bound leaf is this one. */
    public boolean shows(Sha256Fingerprint leaf) {
        return chain.filter(bound -> Sha256Fingerprint.of(bound.leaf()).equals(leaf))
                .isPresent();
    }
}
