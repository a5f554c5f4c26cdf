package io.certwright.lifecycle;

import io.certwright.certificate.CertificateChain;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server sends beside its leaf (RFC 8446 section 4.4.2), against what the CA gave. Order does not matter, and another certificate
 * of the same CA, for the same name and key, is as good.
 */
final class SentChain {
    private SentChain() {}

    /** The intermediates that a client must have, or fetch, by itself. */
    static List<X509Certificate> missing(CertificateChain expected, CertificateChain sent) {
        return expected.intermediates().stream()
                .filter(each -> sent.certificates().stream().noneMatch(other -> isSameAuthority(each, other)))
                .toList();
    }

    private static boolean isSameAuthority(X509Certificate one, X509Certificate other) {
        return one.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                && one.getPublicKey().equals(other.getPublicKey());
    }
}
