package io.certwright.enrollment.scep;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Whose key signs a message and opens what comes back: that of the certificate to be renewed, or the new one, which vouches for itself. */
record Signer(PrivateKey key, X509Certificate certificate) {
    /** Never shows the key. */
    @Override
    public String toString() {
        return "signer " + certificate.getSubjectX500Principal();
    }
}
