package io.certwright.probe;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Sha256Fingerprint;

/**
 * What a TLS handshake at an endpoint really showed: the chain in the order in which it was sent, nothing sorted, completed or
 * trusted, and the protocol ({@code TLSv1.3}) and cipher suite it was sent under.
 */
public record PresentedCertificate(Endpoint endpoint, CertificateChain chain, String protocol, String cipherSuite) {
    /** What proves that this is the certificate somebody expects, or another one. */
    public Sha256Fingerprint sha256() {
        return Sha256Fingerprint.of(chain.leaf());
    }
}
