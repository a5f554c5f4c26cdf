package io.certwright.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.cert.X509CertificateHolder;

/** The few steps between bytes, ASN.1 and the JDK's certificates that several classes here share. */
final class Asn1 {
    private Asn1() {}

    /** The one ASN.1 value that {@code der} is; empty where it is none, is cut short, or has bytes after its end. */
    static Optional<ASN1Primitive> only(byte[] der) {
        try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(der), der.length)) {
            ASN1Primitive value = in.readObject();
            return value == null || in.read() >= 0 ? Optional.empty() : Optional.of(value);
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** What somebody signed just now, which therefore parses. */
    static X509Certificate signed(X509CertificateHolder holder) {
        try {
            return certificate(holder.getEncoded());
        } catch (IOException | CertificateException impossible) {
            throw new IllegalStateException("a certificate that was just signed does not parse", impossible);
        }
    }

    /** Parsed by the JDK, whose certificates TLS and path validation take without converting. */
    static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
    }

    private static CertificateFactory factory() throws CertificateException {
        try {
            return CertificateFactory.getInstance("X.509", "SUN");
        } catch (java.security.NoSuchProviderException absent) {
            throw new IllegalStateException("this JDK lacks its own certificate factory", absent);
        }
    }
}
