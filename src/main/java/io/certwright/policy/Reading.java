package io.certwright.policy;

import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.CertificateFields;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A certificate of the path below its anchor, beside its fields as they stand.
 *
 * @param issuer the certificate above it, where it is known
 */
record Reading(
        X509Certificate certificate, CertificateFields fields, boolean isLeaf, Optional<X509Certificate> issuer) {
    static Reading of(X509Certificate certificate, boolean leaf, Optional<X509Certificate> issuer)
            throws BrokenEncoding {
        return new Reading(certificate, CertificateFields.of(certificate), leaf, issuer);
    }

    /** A certificate that issued itself needs nothing that leads to its issuer. */
    boolean isSelfIssued() {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
