package io.certwright.crypto;

import io.certwright.certificate.CertificateChain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A chain as one array of bytes, for storing: the DER of each certificate, leaf first. DER says itself where it ends. */
public final class ChainCodec {
    private ChainCodec() {}

    public static byte[] encode(CertificateChain chain) {
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

    /** Throws IllegalArgumentException where the bytes are not what {@link #encode} wrote. */
    public static CertificateChain decode(byte[] encoded) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            ByteArrayInputStream input = new ByteArrayInputStream(encoded);
            while (input.available() > 0) {
                certificates.add((X509Certificate) factory.generateCertificate(input));
            }
        } catch (CertificateException damaged) {
            throw new IllegalArgumentException("stored chain: it does not parse", damaged);
        }
        return new CertificateChain(certificates);
    }
}
