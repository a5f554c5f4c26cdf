package io.certwright.certificate;

import java.security.cert.X509Certificate;

/** Leaf and chain as the CA gave it, with the names under which people and servers know the leaf. Not yet judged. */
public record IssuedCertificate(CertificateChain chain) {
    public X509Certificate leaf() {
        return chain.leaf();
    }

    public Thumbprint thumbprint() {
        return Thumbprint.of(leaf());
    }

    public Sha256Fingerprint sha256() {
        return Sha256Fingerprint.of(leaf());
    }

    public SerialNumber serial() {
        return SerialNumber.of(leaf());
    }

    public ValidityPeriod validity() {
        return ValidityPeriod.of(leaf());
    }

    /** RFC 2253 form of the X.509 issuer. */
    public String issuerDn() {
        return leaf().getIssuerX500Principal().getName();
    }
}
