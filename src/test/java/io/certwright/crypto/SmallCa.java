package io.certwright.crypto;

import io.certwright.certificate.KeySpec;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** A root that signs whatever a test wants, with P-256 keys unless told otherwise. */
final class SmallCa {
    static final SecureRandom RANDOM = new SecureRandom();
    static final KeyGenerator KEYS = new KeyGenerator(RANDOM);

    final KeyPair key;
    final X509Certificate certificate;

    private SmallCa(KeyPair key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static SmallCa root() throws Exception {
        KeyPair key = KEYS.generate(KeySpec.P_256);
        X500Name name = new X500Name("CN=Small Root");
        return new SmallCa(
                key,
                sign(
                        name,
                        key,
                        name,
                        key,
                        builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))));
    }

    SmallCa intermediate() throws Exception {
        KeyPair own = KEYS.generate(KeySpec.P_256);
        return new SmallCa(
                own,
                sign(
                        new X500Name("CN=Small Root"),
                        key,
                        new X500Name("CN=Small Issuing"),
                        own,
                        builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))));
    }

    X509Certificate leaf(KeyPair leafKey, Extensions extensions) throws Exception {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return sign(issuer, key, new X500Name("CN=wsus.certwright.test"), leafKey, extensions);
    }

    interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws Exception;
    }

    private static X509Certificate sign(
            X500Name issuer, KeyPair issuerKey, X500Name subject, KeyPair subjectKey, Extensions extensions)
            throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(RANDOM.nextLong() & Long.MAX_VALUE),
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                subject,
                SubjectPublicKeyInfo.getInstance(subjectKey.getPublic().getEncoded()));
        extensions.addTo(builder);
        return Asn1.certificate(builder.build(Signing.signer(issuerKey.getPrivate(), issuerKey.getPublic(), RANDOM))
                .getEncoded());
    }
}
