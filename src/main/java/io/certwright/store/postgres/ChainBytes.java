package io.certwright.store.postgres;

import io.certwright.certificate.CertificateChain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A chain in one column: the DER of each certificate, leaf first, one after the other. DER says itself where it ends. */
final class ChainBytes {
    private ChainBytes() {}

    static byte[] of(CertificateChain chain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (X509Certificate certificate : chain.certificates()) {
                bytes.writeBytes(certificate.getEncoded());
            }
        } catch (CertificateException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
        return bytes.toByteArray();
    }

    static CertificateChain toChain(byte[] bytes) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            ByteArrayInputStream input = new ByteArrayInputStream(bytes);
            List<X509Certificate> certificates = new ArrayList<>();
            while (input.available() > 0) {
                certificates.add((X509Certificate) factory.generateCertificate(input));
            }
            return new CertificateChain(certificates);
        } catch (CertificateException damaged) {
            throw new IllegalStateException("the database holds a chain that does not parse", damaged);
        }
    }
}
