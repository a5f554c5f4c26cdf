package io.certwright.trust.windows;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** The encoding of a certificate that was parsed and so has one. */
final class Der {
    private Der() {}

    static byte[] of(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
    }
}
