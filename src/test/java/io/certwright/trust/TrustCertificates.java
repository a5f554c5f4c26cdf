package io.certwright.trust;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Roots, issuing CAs and leaves that are really signed. */
public final class TrustCertificates {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

    private TrustCertificates() {}

    /** A certificate with its key, which can sign others. */
    public record Signer(X509Certificate certificate, KeyPair key) {
        public Signer issuingCa(String commonName) {
            return sign(commonName, true, this);
        }

        public X509Certificate leaf(String commonName) {
            return sign(commonName, false, this).certificate();
        }
    }

    public static Signer root(String commonName) {
        return sign(commonName, true, null);
    }

    public static X509Certificate selfSignedLeaf(String commonName) {
        return sign(commonName, false, null).certificate();
    }

    private static Signer sign(String commonName, boolean ca, Signer issuer) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            X500Principal subject = new X500Principal("CN=" + commonName);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(FROM),
                    Date.from(UNTIL),
                    subject,
                    key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            KeyPair signing = issuer == null ? key : issuer.key();
            return new Signer(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()))),
                    key);
        } catch (Exception impossible) {
            throw new IllegalStateException("a test certificate could not be made", impossible);
        }
    }
}
