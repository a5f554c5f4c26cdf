package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeySpec;
import io.certwright.crypto.CertificateDetails.KeyUsage;
import io.certwright.failure.LifecycleException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;

class CertificateReaderTest {
    @Test
    void reads_every_extension_as_a_value() throws Exception {
        SmallCa root = SmallCa.root();
        KeyPair key = SmallCa.KEYS.generate(KeySpec.P_256);
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        X509Certificate leaf = root.leaf(key, builder -> {
            builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "WSUS.certwright.test"),
                new GeneralName(GeneralName.dNSName, "not a name"),
                new GeneralName(GeneralName.iPAddress, "10.0.0.1"),
                new GeneralName(GeneralName.rfc822Name, "pki@certwright.test")
            }));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new org.bouncycastle.asn1.x509.KeyUsage(org.bouncycastle.asn1.x509.KeyUsage.digitalSignature
                            | org.bouncycastle.asn1.x509.KeyUsage.decipherOnly));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(root.certificate));
            builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(
                        new DistributionPointName(new GeneralNames(
                                new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.test/a.crl"))),
                        null,
                        null)
            }));
            builder.addExtension(
                    Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription[] {
                        new AccessDescription(
                                AccessDescription.id_ad_caIssuers,
                                new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.test/a.cer")),
                        new AccessDescription(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, "http://ocsp.test"))
                    }));
        });

        CertificateDetails details = CertificateReader.read(leaf);

        assertThat(details.commonName()).contains("wsus.certwright.test");
        assertThat(details.dnsNames()).containsExactly("WSUS.certwright.test", "not a name");
        assertThat(details.ipAddresses()).containsExactly(IpAddress.parse("10.0.0.1"));
        assertThat(details.otherNames()).containsExactly("email: pki@certwright.test");
        assertThat(details.subjectAlternativeNamesCritical()).isTrue();
        assertThat(details.hasExtendedKeyUsage(CertificateDetails.SERVER_AUTHENTICATION))
                .isTrue();
        assertThat(details.hasExtendedKeyUsage(CertificateDetails.CLIENT_AUTHENTICATION))
                .isTrue();
        assertThat(details.hasExtendedKeyUsage(CertificateDetails.ANY_EXTENDED_KEY_USAGE))
                .isFalse();
        assertThat(details.keyUsages().orElseThrow())
                .containsExactlyInAnyOrder(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.DECIPHER_ONLY);
        assertThat(details.basicConstraints()).isEmpty();
        assertThat(details.isCa()).isFalse();
        assertThat(details.subjectKeyIdentifier().orElseThrow()).hasSize(40).matches("[0-9A-F]+");
        assertThat(details.authorityKeyIdentifier().orElseThrow()).hasSize(40);
        assertThat(details.crlDistributionPoints()).containsExactly("http://pki.test/a.crl");
        assertThat(details.issuerUris()).containsExactly("http://pki.test/a.cer");
        assertThat(details.ocspUris()).containsExactly("http://ocsp.test");
        assertThat(details.keySpec()).contains(KeySpec.P_256);
        assertThat(details.publicKey()).isEqualTo(key.getPublic().getEncoded());
        assertThat(details.signatureAlgorithm()).isEqualTo("SHA256withECDSA");
        assertThat(details.selfIssued()).isFalse();
        assertThat(details.criticalExtensions()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.17");
        assertThat(CertificateReader.wellFormedNames(leaf)).hasToString("wsus.certwright.test, 10.0.0.1");
    }

    @Test
    void reads_a_ca_and_what_it_may_issue() throws Exception {
        SmallCa root = SmallCa.root();
        CertificateDetails intermediate = CertificateReader.read(root.intermediate().certificate);
        assertThat(intermediate.basicConstraints())
                .contains(new CertificateDetails.BasicConstraints(true, java.util.Optional.of(0), true));
        assertThat(CertificateReader.read(root.certificate).selfIssued()).isTrue();
        assertThat(CertificateReader.read(root.certificate).keyUsages()).isEmpty();
    }

    @Test
    void reads_a_certificate_without_any_extension() throws Exception {
        X509Certificate bare = SmallCa.root().leaf(SmallCa.KEYS.generate(KeySpec.P_256), builder -> {});
        CertificateDetails details = CertificateReader.read(bare);
        assertThat(details.hasNames()).isFalse();
        assertThat(details.extendedKeyUsages()).isEmpty();
        assertThat(details.criticalExtensions()).isEmpty();
    }

    @Test
    void names_the_extension_that_does_not_parse() throws Exception {
        X509Certificate broken = SmallCa.root()
                .leaf(
                        SmallCa.KEYS.generate(KeySpec.P_256),
                        builder -> builder.addExtension(
                                Extension.cRLDistributionPoints, false, new DEROctetString(new byte[] {1, 2, 3})));
        assertThatThrownBy(() -> CertificateReader.read(broken))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("MALFORMED"))
                .hasMessageStartingWith("certificate: its extension 2.5.29.31 does not parse (")
                .hasMessageEndingWith("); ask whoever issued it for a correct one");
    }

    @Test
    void orders_a_chain_by_who_signed_whom_and_leaves_the_anchor_out() throws Exception {
        SmallCa root = SmallCa.root();
        SmallCa issuing = root.intermediate();
        KeyPair key = SmallCa.KEYS.generate(KeySpec.P_256);
        X509Certificate leaf = issuing.leaf(key, builder -> {});
        List<X509Certificate> pool = List.of(root.certificate, SmallCa.root().certificate, issuing.certificate, leaf);
        assertThat(ChainOrder.findByKey(key.getPublic().getEncoded(), pool)).contains(leaf);
        assertThat(ChainOrder.from(leaf, pool).certificates()).containsExactly(leaf, issuing.certificate);
        assertThat(ChainOrder.isSelfSigned(root.certificate)).isTrue();
        assertThat(ChainOrder.isSelfSigned(issuing.certificate)).isFalse();
    }
}
