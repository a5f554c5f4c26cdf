package io.certwright.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.testing.TestCa;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** NIST's suite holds these lists against path validation; here is what they say in words, and of each certificate of a path. */
final class RevocationListsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant STOLEN = NOW.minus(Duration.ofDays(2));
    private static final Instant END = NOW.plus(Duration.ofDays(7));
    private static final TestCa ROOT = TestCa.root("CN=Root", NOW);
    private static final TestCa CA = ROOT.intermediate("CN=Issuing");
    private static final BigInteger SERIAL = BigInteger.valueOf(77);
    private static final X509Certificate LEAF =
            CA.leaf("wsus.contoso.com").serial(SERIAL).certificate();
    private static final List<X509Certificate> PATH = List.of(LEAF, CA.certificate(), ROOT.certificate());
    private static final String NOBODY =
            "no revocation list at hand speaks for it (signed by its issuer, in force at that time, about all reasons)";

    private static X509v2CRLBuilder list(TestCa issuer, long number) throws Exception {
        return new X509v2CRLBuilder(
                        X500Name.getInstance(
                                issuer.certificate().getSubjectX500Principal().getEncoded()),
                        Date.from(NOW.minus(Duration.ofDays(1))))
                .setNextUpdate(Date.from(END))
                .addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
    }

    private static X509CRL signed(X509v2CRLBuilder list, TestCa signer) throws Exception {
        byte[] der = list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.privateKey()))
                .getEncoded();
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    private static X509v2CRLBuilder delta(long base, long number) throws Exception {
        return list(CA, number)
                .addExtension(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base)));
    }

    private static List<Observation> seen(X509CRL... lists) {
        return new RevocationLists(List.of(lists), List.of()).observe(PATH, NOW);
    }

    private static Observation ofTheLeaf(X509CRL... lists) {
        return seen(lists).get(0);
    }

    private static Observation notRevoked(X509Certificate certificate) {
        return new NotRevoked(Sha256Fingerprint.of(certificate), END, NOW);
    }

    private static Observation revoked(String reason) {
        return new Revoked(Sha256Fingerprint.of(LEAF), reason, STOLEN, NOW);
    }

    private static Observation unknown(X509Certificate certificate) {
        return new RevocationUnknown(Sha256Fingerprint.of(certificate), NOBODY, NOW);
    }

    @Test
    void say_of_each_certificate_below_the_anchor_what_is_known_of_it() throws Exception {
        assertThat(seen(signed(list(CA, 1), CA), signed(list(ROOT, 1), ROOT)))
                .containsExactly(notRevoked(LEAF), notRevoked(CA.certificate()));
        assertThat(seen(signed(list(CA, 1), CA))).containsExactly(notRevoked(LEAF), unknown(CA.certificate()));
        assertThat(new RevocationLists(List.of(), List.of()).observe(List.of(), NOW))
                .isEmpty();
    }

    @Test
    void say_since_when_and_why_a_certificate_is_revoked() throws Exception {
        assertThat(ofTheLeaf(signed(list(CA, 1).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.keyCompromise), CA)))
                .isEqualTo(revoked("keyCompromise"));
    }

    @Test
    void say_nothing_by_a_list_that_is_too_old_or_signed_by_another() throws Exception {
        X509CRL old = signed(list(CA, 1).setNextUpdate(Date.from(NOW.minus(Duration.ofHours(12)))), CA);

        assertThat(ofTheLeaf(old)).isEqualTo(unknown(LEAF));
        assertThat(ofTheLeaf(signed(list(CA, 1), ROOT))).isEqualTo(unknown(LEAF));
    }

    @Test
    void say_nothing_by_a_list_of_a_ca_that_may_sign_none() throws Exception {
        TestCa mute =
                ROOT.intermediateDraft("CN=Mute").keyUsage(KeyUsage.keyCertSign).asCa();
        X509Certificate leaf = mute.leaf("wsus.contoso.com").certificate();

        assertThat(new RevocationLists(List.of(signed(list(mute, 1), mute)), List.of())
                        .observe(List.of(leaf, mute.certificate(), ROOT.certificate()), NOW))
                .startsWith(unknown(leaf));
    }

    @Test
    void follow_a_delta_that_revokes_or_takes_back() throws Exception {
        X509CRL complete = signed(list(CA, 5), CA);
        X509CRL onHold = signed(list(CA, 5).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.certificateHold), CA);
        X509CRL revoking = signed(delta(5, 6).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.superseded), CA);
        X509CRL takingBack = signed(delta(5, 6).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.removeFromCRL), CA);

        assertThat(ofTheLeaf(complete, revoking)).isEqualTo(revoked("superseded"));
        assertThat(ofTheLeaf(onHold)).isEqualTo(revoked("certificateHold"));
        assertThat(ofTheLeaf(onHold, takingBack)).isEqualTo(notRevoked(LEAF));
    }

    @Test
    void pass_over_a_delta_to_another_list() throws Exception {
        X509CRL complete = signed(list(CA, 5), CA);
        X509v2CRLBuilder later = delta(6, 7).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.superseded);
        X509v2CRLBuilder earlier = delta(3, 5).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.superseded);
        X509v2CRLBuilder strangers = delta(5, 6).addCRLEntry(SERIAL, Date.from(STOLEN), CRLReason.superseded);

        assertThat(Stream.of(signed(later, CA), signed(earlier, CA), signed(strangers, ROOT))
                        .map(delta -> ofTheLeaf(complete, delta)))
                .containsOnly(notRevoked(LEAF));
    }
}
