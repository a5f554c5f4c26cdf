package io.certwright.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.RevocationList;
import io.certwright.crypto.RevocationListFiles;
import io.certwright.crypto.RevokedEntry;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestRevocation;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.junit.jupiter.api.Test;

class ListJudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant SOON = NOW.plus(Duration.ofDays(7));
    private static final TestCa ROOT = TestCa.root("CN=Root", NOW);
    private static final TestCa CA = ROOT.intermediate("CN=Issuing");
    private static final X509Certificate LEAF =
            CA.leaf("wsus.contoso.com").serial(BigInteger.valueOf(77)).certificate();
    private static final Sha256Fingerprint SUBJECT = Sha256Fingerprint.of(LEAF);
    private static final Map<BigInteger, RevokedEntry> NOBODY = Map.of();
    private static final RevokedEntry STOLEN = new RevokedEntry("keyCompromise", NOW.minus(Duration.ofDays(2)));

    private static Observation judge(byte[]... lists) {
        List<ListJudgement.Named> named = Arrays.stream(lists)
                .map(ListJudgementTest::parsed)
                .map(list -> new ListJudgement.Named("the list", list))
                .toList();
        return ListJudgement.judge(LEAF, CA.certificate(), named, NOW);
    }

    private static RevocationList parsed(byte[] list) {
        try {
            return RevocationList.parse("list", list);
        } catch (LifecycleException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static byte[] changed(UnaryOperator<X509v2CRLBuilder> change) {
        return TestRevocation.list(CA, CA.keyPair(), NOW, SOON, NOBODY, change);
    }

    private static byte[] scoped(IssuingDistributionPoint scope) {
        return changed(draft -> TestRevocation.with(draft, Extension.issuingDistributionPoint, scope));
    }

    private static RevocationUnknown unknown(String why) {
        return new RevocationUnknown(SUBJECT, why, NOW);
    }

    @Test
    void clears_a_certificate_that_a_fresh_list_does_not_have() {
        byte[] list = TestRevocation.list(CA, NOW, SOON, Map.of(BigInteger.valueOf(78), STOLEN));

        assertThat(judge(list)).isEqualTo(new NotRevoked(SUBJECT, SOON, NOW));
    }

    @Test
    void condemns_a_certificate_that_a_list_has_with_reason_and_time() {
        byte[] list = TestRevocation.list(CA, NOW, SOON, Map.of(BigInteger.valueOf(77), STOLEN));

        assertThat(judge(list)).isEqualTo(new Revoked(SUBJECT, "keyCompromise", NOW.minus(Duration.ofDays(2)), NOW));
    }

    @Test
    void believes_a_revocation_in_a_stale_list_but_lets_it_clear_nobody() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));

        assertThat(judge(TestRevocation.list(
                        CA, NOW.minus(Duration.ofDays(9)), yesterday, Map.of(BigInteger.valueOf(77), STOLEN))))
                .isInstanceOf(Revoked.class);
        assertThat(judge(TestRevocation.list(CA, NOW.minus(Duration.ofDays(9)), yesterday, NOBODY)))
                .isEqualTo(unknown("the list is stale since " + yesterday));
    }

    @Test
    void takes_no_list_from_the_future() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));

        assertThat(judge(TestRevocation.list(CA, tomorrow, SOON, NOBODY)))
                .isEqualTo(unknown("the list is from the future, " + tomorrow + "; check the clock"));
        assertThat(judge(TestRevocation.list(CA, NOW.plusSeconds(60), SOON, NOBODY)))
                .isInstanceOf(NotRevoked.class);
    }

    @Test
    void takes_no_list_that_somebody_else_signed() {
        KeyPair stranger = TestKeys.fresh(KeySpec.P_256);

        assertThat(judge(TestRevocation.list(CA, stranger, NOW, SOON, NOBODY, draft -> draft)))
                .isEqualTo(unknown("the list is not signed by the certificate's issuer"));
        assertThat(judge(TestRevocation.list(ROOT, NOW, SOON, NOBODY))).isEqualTo(unknown("the list is of another CA"));
    }

    @Test
    void takes_no_list_from_a_ca_that_may_not_sign_lists() {
        TestCa mute = ROOT.intermediateDraft("CN=Mute")
                .keyUsage(org.bouncycastle.asn1.x509.KeyUsage.keyCertSign)
                .asCa();
        X509Certificate leaf = mute.leaf("wsus.contoso.com").certificate();
        ListJudgement.Named list =
                new ListJudgement.Named("the list", parsed(TestRevocation.list(mute, NOW, SOON, NOBODY)));

        assertThat(ListJudgement.judge(leaf, mute.certificate(), List.of(list), NOW))
                .isEqualTo(new RevocationUnknown(
                        Sha256Fingerprint.of(leaf), "the list is not signed by the certificate's issuer", NOW));
    }

    @Test
    void keeps_to_the_scope_of_a_list() {
        assertThat(judge(scoped(new IssuingDistributionPoint(null, false, true, null, false, false))))
                .isEqualTo(unknown("the list lists CA certificates only"));
        assertThat(judge(scoped(new IssuingDistributionPoint(null, true, false, null, false, false))))
                .isInstanceOf(NotRevoked.class);
        assertThat(judge(scoped(new IssuingDistributionPoint(null, false, false, null, true, false))))
                .isEqualTo(unknown("the list is an indirect one, which is not supported"));
        assertThat(judge(scoped(new IssuingDistributionPoint(null, false, false, null, false, true))))
                .isEqualTo(unknown("the list lists attribute certificates only"));
        assertThat(judge(scoped(new IssuingDistributionPoint(
                        null, false, false, new ReasonFlags(ReasonFlags.keyCompromise), false, false))))
                .isEqualTo(unknown("the list lists revocations for some reasons only"));
    }

    @Test
    void takes_no_delta_and_nothing_critical_that_it_does_not_understand() {
        assertThat(judge(changed(draft ->
                        TestRevocation.with(draft, Extension.deltaCRLIndicator, new ASN1Integer(BigInteger.ONE)))))
                .isEqualTo(unknown("the list is a delta to another list"));
        assertThat(judge(changed(
                        draft -> TestRevocation.with(draft, new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE))))
                .isEqualTo(unknown("the list has a critical extension 1.2.3.4 that nobody here understands"));
    }

    @Test
    void lets_any_of_several_lists_decide_and_says_what_is_wrong_with_each() {
        byte[] alien = TestRevocation.list(ROOT, NOW, SOON, NOBODY);
        byte[] good = TestRevocation.list(CA, NOW, SOON, NOBODY);
        byte[] guilty = TestRevocation.list(CA, NOW, SOON, Map.of(BigInteger.valueOf(77), STOLEN));

        assertThat(judge(alien, good)).isInstanceOf(NotRevoked.class);
        assertThat(judge(good, guilty)).isInstanceOf(Revoked.class);
        assertThat(judge(alien, alien)).isEqualTo(unknown("the list is of another CA; the list is of another CA"));
        assertThat(judge()).isEqualTo(unknown("there is no list"));
    }

    @Test
    void reads_der_and_pem_and_refuses_all_else_in_one_sentence() throws Exception {
        byte[] der = TestRevocation.list(CA, NOW, SOON, NOBODY);
        byte[] pem = PemCodec.block("X509 CRL", der).getBytes(StandardCharsets.US_ASCII);
        byte[] longer = Arrays.copyOf(der, der.length + 1);

        assertThat(RevocationList.parse("list", pem).nextUpdate()).contains(SOON);
        for (byte[] bad : List.of(
                new byte[0],
                Arrays.copyOf(der, 50),
                longer,
                LEAF.getEncoded(),
                "<html>".getBytes(StandardCharsets.US_ASCII))) {
            assertThatThrownBy(() -> RevocationList.parse("--crl \"a.crl\"", bad))
                    .isInstanceOf(LifecycleException.class)
                    .hasMessage(
                            "--crl \"a.crl\": it is no revocation list, or a broken one; wanted a CRL in DER or PEM");
        }
    }

    @Test
    void lets_given_lists_speak_before_anybody_else() throws Exception {
        List<X509CRL> good = RevocationListFiles.parse("list", TestRevocation.list(CA, NOW, SOON, NOBODY));
        RevocationLookup network = (certificate, issuer) -> new Revoked(SUBJECT, "superseded", NOW, NOW);

        assertThat(new GivenLists(good, List.of(), NOW, Optional.of(network)).look(LEAF, CA.certificate()))
                .isEqualTo(new NotRevoked(SUBJECT, SOON, NOW));
        assertThat(new GivenLists(List.of(), List.of(), NOW, Optional.of(network)).look(LEAF, CA.certificate()))
                .isInstanceOf(Revoked.class);
        assertThat(new GivenLists(List.of(), List.of(), NOW, Optional.empty()).look(LEAF, CA.certificate()))
                .isInstanceOf(RevocationUnknown.class);
    }

    @Test
    void reads_several_lists_from_one_pem() throws Exception {
        String both = PemCodec.block("X509 CRL", TestRevocation.list(CA, NOW, SOON, NOBODY))
                + PemCodec.block("X509 CRL", TestRevocation.list(ROOT, NOW, SOON, NOBODY));

        assertThat(RevocationListFiles.parse("lists", both.getBytes(StandardCharsets.US_ASCII)))
                .hasSize(2);
        assertThatThrownBy(() -> RevocationListFiles.parse("lists", new byte[] {'x'}))
                .hasMessage("lists: it is no revocation list, or a broken one; wanted a CRL in DER or PEM");
    }
}
