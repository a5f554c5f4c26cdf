package io.certwright.trust;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Tells root, intermediate and leaf apart by what the certificate says of itself (RFC 5280, 4.2.1.9) and by its signature. */
final class Roles {
    private Roles() {}

    static boolean isCa(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** Signed by the key it carries, not merely issued under its own name: only such a one works in Trusted Root. */
    static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }

    /** Subject and thumbprint, fit for a message. */
    static String describe(X509Certificate certificate) {
        return Printable.quote(certificate.getSubjectX500Principal().getName()) + " ("
                + Thumbprint.of(certificate).abbreviated() + ")";
    }
}
