package io.certwright.fuzz;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.Pkcs12Codec;
import io.certwright.crypto.RevokedEntry;
import io.certwright.crypto.SecretBytes;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestRevocation;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;

/** Good inputs of every kind. */
final class Seeds {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final TestCa ROOT = TestCa.root("CN=Fuzz Root", NOW);
    static final TestCa ISSUING = ROOT.intermediate("CN=Fuzz Issuing");
    static final String NAME = "wsus.contoso.com";
    private static final IssuedCertificate LEAF = ISSUING.leaf(NAME, "*.contoso.com", "xn--mnchen-3ya.de")
            .ips("10.0.0.1", "fd00::1")
            .name(new GeneralName(GeneralName.rfc822Name, "pki@contoso.com"))
            .name(new GeneralName(GeneralName.uniformResourceIdentifier, "https://contoso.com/"))
            .extension(Extension.cRLDistributionPoints, false, points("http://pki.contoso.com/issuing.crl"))
            .extension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(
                            AccessDescription.id_ad_ocsp,
                            new GeneralName(GeneralName.uniformResourceIdentifier, "http://ocsp.contoso.com/")))
            .issue();

    private Seeds() {}

    static List<X509Certificate> anchors() {
        return List.of(ROOT.certificate());
    }

    private static CRLDistPoint points(String uri) {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(names), null, null)});
    }

    static List<byte[]> certificates() {
        return List.of(
                der(LEAF.leaf()),
                der(ROOT.certificate()),
                der(ISSUING.intermediateDraft("CN=Named")
                        .permittedDns("contoso.com")
                        .caWithPathLength(0)
                        .certificate()),
                der(ISSUING.leaf(NAME).key(KeySpec.RSA_2048).certificate()),
                der(ISSUING.leaf("wsus").versionOne().certificate()),
                ISSUING.leaf(NAME)
                        .extension(Extension.certificatePolicies, true, DERNull.INSTANCE)
                        .der());
    }

    static List<byte[]> pems() {
        String chain = PemCodec.certificates(LEAF.chain().certificates());
        String key;
        try (SecretBytes secret =
                PemCodec.privateKey(TestKeys.shared(KeySpec.P_256).getPrivate())) {
            key = new String(secret.toChars());
        }
        return List.of(
                utf8(chain + key),
                utf8("subject=wsus\n" + chain),
                utf8(PemCodec.block("PKCS7", pkcs7s().get(0))),
                ("\uFEFF" + chain).getBytes(StandardCharsets.UTF_16LE));
    }

    static List<byte[]> keys() {
        return List.of(
                TestKeys.shared(KeySpec.P_256).getPrivate().getEncoded(),
                TestKeys.shared(KeySpec.P_256).getPublic().getEncoded(),
                TestKeys.shared(KeySpec.RSA_2048).getPrivate().getEncoded(),
                TestKeys.shared(KeySpec.RSA_2048).getPublic().getEncoded(),
                TestKeys.sharedDsa().getPublic().getEncoded());
    }

    /** One sealed as people export it, and one without encryption and MAC, in which every mutation gets through to the reader. */
    static List<byte[]> pfxs() {
        PrivateKey key = TestKeys.shared(KeySpec.P_256).getPrivate();
        try (SecretBytes password = SecretBytes.ofText("secret")) {
            byte[] sealed = new Pkcs12Codec(new SecureRandom())
                    .write(LEAF.chain(), key, "wsus", password, Pkcs12Codec.Encryption.AES_256);
            PKCS12SafeBag certificate = new JcaPKCS12SafeBagBuilder(LEAF.leaf()).build();
            PKCS12SafeBag bare = new JcaPKCS12SafeBagBuilder(key).build();
            byte[] open = new PKCS12PfxPduBuilder()
                    .addData(certificate)
                    .addData(bare)
                    .build(null, null)
                    .getEncoded();
            return List.of(sealed, open);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<byte[]> pkcs7s() {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return List.of(factory.generateCertPath(List.of(LEAF.leaf(), ISSUING.certificate()))
                    .getEncoded("PKCS7"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<byte[]> settings() {
        try {
            return List.of(Files.readAllBytes(Path.of("config/certwright.example.yml")), utf8("""
                            issuers: { lab: { type: builtin } }
                            certificates:
                              wsus: { dns: [wsus.contoso.com], issuer: lab, bind: [{ type: listener }] }
                            """));
        } catch (IOException absent) {
            throw new IllegalStateException(absent);
        }
    }

    static List<byte[]> endpoints() {
        return List.of(
                utf8("wsus.contoso.com:8531\n10.0.0.1:443 # by address\n\n[fd00::1]:443\n"),
                utf8("wsus.contoso.com\n"));
    }

    static X509Certificate leaf() {
        return LEAF.leaf();
    }

    static List<byte[]> crls() {
        RevokedEntry entry = new RevokedEntry("keyCompromise", NOW);
        byte[] clear = TestRevocation.list(
                ISSUING, NOW, NOW.plus(Duration.ofDays(7)), Map.of(BigInteger.TEN, entry, BigInteger.TWO, entry));
        byte[] guilty = TestRevocation.list(
                ISSUING, NOW, NOW.plus(Duration.ofDays(7)), Map.of(leaf().getSerialNumber(), entry));
        return List.of(clear, guilty, utf8(PemCodec.block("X509 CRL", clear)));
    }

    static List<byte[]> ocsps() {
        Instant until = NOW.plus(Duration.ofDays(1));
        return List.of(
                TestRevocation.ocsp(
                        ISSUING, leaf(), CertificateStatus.GOOD, NOW, until, ISSUING.keyPair(), ISSUING.certificate()),
                TestRevocation.ocsp(
                        ISSUING,
                        leaf(),
                        TestRevocation.revoked(NOW, 1),
                        NOW,
                        until,
                        ROOT.keyPair(),
                        ROOT.certificate()),
                TestRevocation.ocspRefusal(6));
    }

    /** The first byte stands for the protocol: SMTP, LDAP, PostgreSQL. */
    static List<byte[]> startTls() {
        return List.of(
                utf8("\u0001220 mail.contoso.com\r\n250-mail\r\n250 STARTTLS\r\n220 go\r\n"),
                new byte[] {2, 0x30, 0x0C, 2, 1, 1, 0x78, 7, 0x0A, 1, 0, 4, 0, 4, 0},
                utf8("\u0003S"),
                utf8("\u0003N"));
    }

    /** What servers say first: a TLS 1.2 flight with a certificate, an alert, plain HTTP. */
    static List<byte[]> tlsRecords() {
        return List.of(
                TlsFlight.of(LEAF.chain().certificates()),
                new byte[] {21, 3, 3, 0, 2, 2, 40},
                utf8("HTTP/1.1 400 Bad Request\r\n\r\n"));
    }

    static List<byte[]> pathPlans() {
        return List.of(new byte[] {0, 1, 2}, new byte[] {0, 3, 4, 5, 6, 1}, new byte[] {
            0, 9, 8, 7, 6, 5, 4, 3, 2, 1, 10, 11, 12
        });
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
