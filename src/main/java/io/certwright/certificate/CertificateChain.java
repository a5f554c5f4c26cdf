package io.certwright.certificate;

import java.security.cert.X509Certificate;
import java.util.List;

/** Leaf first, then each issuer in turn, the anchor not included: what a server sends (RFC 8446, 4.4.2). Never empty. */
public record CertificateChain(List<X509Certificate> certificates) {
    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "certificate chain: got no certificate, wanted the leaf and its intermediates");
        }
    }

    public static CertificateChain of(X509Certificate... certificates) {
        return new CertificateChain(List.of(certificates));
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    public List<X509Certificate> intermediates() {
        return certificates.subList(1, certificates.size());
    }
}
