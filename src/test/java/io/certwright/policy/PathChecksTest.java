package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.ROOT;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

final class PathChecksTest {
    private static final String LEAF = "certificate CN=wsus.certwright.test (#): ";
    private static final TestCa STRANGER = TestCa.root("CN=Stranger Root", NOW);

    private static List<String> toldWith(TestCertificate draft, X509Certificate... chain) {
        return told(draft.issueWith(chain), wanting(), NOW);
    }

    @Test
    void refuses_a_chain_whose_intermediate_is_missing() {
        assertThat(toldWith(leaf()))
                .containsExactly("ERROR CHAIN_INCOMPLETE: " + LEAF
                        + "no certificate of its issuer CN=Test Issuing was given and "
                        + "none is a trust anchor, wanted a path to a trust anchor");
    }

    @Test
    void refuses_a_root_that_is_no_anchor() {
        assertThat(toldWith(STRANGER.leaf(NAME), STRANGER.certificate()))
                .containsExactly("ERROR ROOT_UNTRUSTED: " + LEAF
                        + "its chain ends at certificate CN=Stranger Root (#), which is "
                        + "no trust anchor, wanted a path to a trust anchor");
    }

    @Test
    void refuses_a_root_that_only_bears_the_name_of_an_anchor() {
        TestCa impostor = TestCa.root("CN=Test Root", NOW);

        assertThat(toldWith(impostor.leaf(NAME), impostor.certificate()))
                .containsExactly(
                        "ERROR ROOT_UNTRUSTED: " + LEAF + "its chain ends at certificate CN=Test Root (#), which is no "
                                + "trust anchor (one of the same name is, with another key), wanted a path to a trust anchor");
    }

    @Test
    void trusts_nothing_where_there_are_no_anchors() {
        assertThat(told(leaf().issue(), wanting().withAnchors(List.of()), NOW))
                .containsExactly(
                        "ERROR CHAIN_INCOMPLETE: certificate CN=Test Issuing (#): no certificate of its issuer "
                                + "CN=Test Root was given and none is a trust anchor, wanted a path to a trust anchor");
    }

    @Test
    void refuses_a_self_signed_certificate_that_nobody_trusts() {
        IssuedCertificate own =
                new IssuedCertificate(io.certwright.certificate.CertificateChain.of(TestCa.rootDraft("CN=" + NAME, NOW)
                        .ca(false)
                        .dns(NAME)
                        .serverAuth()
                        .validFor(Duration.ofDays(-1), Duration.ofDays(89))
                        .asRoot()
                        .certificate()));

        assertThat(told(own, wanting(), NOW))
                .containsExactly("ERROR ROOT_UNTRUSTED: " + LEAF + "its chain ends at " + LEAF.replace(": ", "")
                        + ", which is no trust anchor, wanted a path to a trust anchor");
    }

    @Test
    void refuses_a_signature_that_does_not_fit() {
        assertThat(told(leaf().signedBy(TestKeys.fresh(KeySpec.P_256)), wanting()))
                .containsExactly(
                        "ERROR SIGNATURE_INVALID: " + LEAF + "its signature does not fit the key of its issuer CN=Test "
                                + "Issuing, wanted one that verifies");
    }

    @Test
    void refuses_a_certificate_that_was_changed_after_signing() {
        TestCertificate changed = leaf().tampered(der -> {
            der[der.length - 1] ^= 1;
            return der;
        });

        assertThat(told(changed, wanting()))
                .containsExactly(
                        "ERROR SIGNATURE_INVALID: " + LEAF + "its signature does not fit the key of its issuer CN=Test "
                                + "Issuing, wanted one that verifies");
    }

    @Test
    void refuses_a_server_certificate_that_issues() {
        TestCa notACa = ISSUING.leaf("other.certwright.test")
                .keyUsage(KeyUsage.keyCertSign)
                .asCa();
        TestCa server = ISSUING.leaf("other.certwright.test").asCa();

        assertThat(told(notACa.leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR ISSUER_NOT_A_CA: certificate CN=other.certwright.test (#): refused by path validation, "
                                + "basic constraints check failed: this is not a CA certificate");
        assertThat(told(server.leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR ISSUER_NOT_A_CA: certificate CN=other.certwright.test (#): refused by path validation, CA "
                                + "key usage check failed: keyCertSign bit is not set");
    }

    @Test
    void refuses_an_issuing_ca_that_may_not_sign_certificates() {
        TestCa crlsOnly =
                ROOT.intermediateDraft("CN=CRL CA").keyUsage(KeyUsage.cRLSign).asCa();

        assertThat(told(crlsOnly.leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR ISSUER_NOT_A_CA: certificate CN=CRL CA (#): refused by path validation, CA key usage "
                                + "check failed: keyCertSign bit is not set");
    }

    @Test
    void refuses_an_anchor_that_is_no_ca() {
        TestCa notACa = TestCa.rootDraft("CN=Odd Root", NOW).ca(false).asRoot();

        assertThat(told(notACa.leaf(NAME), wanting().withAnchors(List.of(notACa.certificate()))))
                .containsExactly(
                        "ERROR ISSUER_NOT_A_CA: trust anchor, certificate CN=Odd Root (#): got no CA certificate, wanted "
                                + "basic constraints that say CA");
    }

    @Test
    void accepts_an_anchor_of_version_1() {
        TestCa old = TestCa.rootDraft("CN=Old Root", NOW).versionOne().asRoot();

        assertThat(told(old.leaf(NAME), wanting().withAnchors(List.of(old.certificate()))))
                .isEmpty();
    }

    @Test
    void refuses_more_levels_than_the_path_length_allows() {
        TestCa last = ROOT.intermediateDraft("CN=Last CA").caWithPathLength(0).asCa();

        assertThat(told(last.leaf(NAME), wanting())).isEmpty();
        assertThat(told(last.intermediate("CN=One Too Many").leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR PATH_TOO_LONG: certificate CN=One Too Many (#): refused by path validation, basic "
                                + "constraints check failed: pathLenConstraint violated - this cert must be the last cert in the "
                                + "certification path");
    }

    @Test
    void refuses_names_that_the_ca_may_not_issue() {
        TestCa narrow = ROOT.intermediateDraft("CN=Narrow CA")
                .permittedDns("contoso.com")
                .asCa();

        assertThat(told(narrow.leaf(NAME), wanting()))
                .containsExactly("ERROR NAME_CONSTRAINED: " + LEAF
                        + "its DNS name \"wsus.certwright.test\" lies outside the permitted subtrees, the first of which is "
                        + "DNS name contoso.com of CN=Narrow CA");
        assertThat(told(narrow.leaf("wsus.contoso.com"), wanting("wsus.contoso.com")))
                .isEmpty();
    }

    @Test
    void refuses_a_critical_extension_that_nobody_knows_and_names_it() {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

        assertThat(told(leaf().extension(unknown, true, DERNull.INSTANCE), wanting()))
                .containsExactly("ERROR CRITICAL_EXTENSION_UNKNOWN: " + LEAF
                        + "refused by path validation, unrecognized critical " + "extension(s) [1.3.6.1.4.1.99999.1]");
        assertThat(told(leaf().extension(unknown, false, DERNull.INSTANCE), wanting()))
                .isEmpty();
    }

    @Test
    void warns_of_a_chain_out_of_order_and_takes_a_root_given_along() {
        TestCa second = ISSUING.intermediate("CN=Second");
        X509Certificate issuing = ISSUING.certificate();

        assertThat(toldWith(second.leaf(NAME), second.certificate(), issuing, ROOT.certificate()))
                .isEmpty();
        assertThat(toldWith(second.leaf(NAME), issuing, second.certificate()))
                .containsExactly("WARNING CHAIN_ORDER: " + LEAF
                        + "its chain came in the order CN=Test Issuing, CN=Second, wanted CN=Second, CN=Test Issuing");
    }

    @Test
    void warns_of_strangers_in_the_chain() {
        assertThat(toldWith(leaf(), STRANGER.certificate(), ISSUING.certificate()))
                .containsExactly(
                        "WARNING CHAIN_STRANGER: " + LEAF
                                + "its chain has certificates that are no part of it, CN=Stranger Root, wanted its own intermediates alone");
    }

    @Test
    void warns_of_an_anchor_that_is_not_a_root() {
        assertThat(told(leaf().issueWith(), wanting().withAnchors(List.of(ISSUING.certificate())), NOW))
                .containsExactly("WARNING ANCHOR_NOT_SELF_SIGNED: " + LEAF
                        + "its path ends at the trust anchor CN=Test Issuing, which is not self-signed, wanted a root");
    }

    @Test
    void finds_the_path_past_look_alikes_that_are_expired_or_have_another_key() {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        TestCa good = ROOT.intermediateDraft("CN=Twin").key(key).asCa();
        TestCa expired = ROOT.intermediateDraft("CN=Twin")
                .key(key)
                .validFor(Duration.ofDays(-9), Duration.ofDays(-1))
                .asCa();
        TestCa otherKey = ROOT.intermediate("CN=Twin");

        assertThat(toldWith(good.leaf(NAME), expired.certificate(), otherKey.certificate(), good.certificate()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARNING CHAIN_STRANGER: ");
    }

    @Test
    void finds_the_path_through_a_cross_signed_ca_to_the_root_that_is_trusted() {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        TestCa underStranger = STRANGER.intermediateDraft("CN=Cross").key(key).asCa();
        TestCa underOurs = ROOT.intermediateDraft("CN=Cross").key(key).asCa();

        assertThat(toldWith(
                        underOurs.leaf(NAME),
                        underStranger.certificate(),
                        STRANGER.certificate(),
                        underOurs.certificate()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARNING CHAIN_STRANGER: ");
    }

    @Test
    void ends_on_cas_that_sign_each_other_in_a_circle() {
        KeyPair one = TestKeys.fresh(KeySpec.P_256);
        KeyPair two = TestKeys.fresh(KeySpec.P_256);
        TestCa oneRoot = TestCa.rootDraft("CN=One", NOW).key(one).asRoot();
        TestCa twoRoot = TestCa.rootDraft("CN=Two", NOW).key(two).asRoot();
        X509Certificate oneByTwo = twoRoot.intermediateDraft("CN=One").key(one).certificate();
        X509Certificate twoByOne = oneRoot.intermediateDraft("CN=Two").key(two).certificate();

        assertThat(toldWith(oneRoot.leaf(NAME), oneByTwo, twoByOne))
                .containsExactly("ERROR CHAIN_INCOMPLETE: " + LEAF
                        + "its issuers sign each other in a circle and none is a trust anchor, wanted a path to a trust "
                        + "anchor");
    }

    @Test
    void spends_bounded_work_on_a_crowd_of_cas_that_all_sign_each_other() {
        KeyPair shared = TestKeys.fresh(KeySpec.P_256);
        TestCa crowd = TestCa.rootDraft("CN=Crowd", NOW).key(shared).asRoot();
        List<X509Certificate> many = new ArrayList<>();
        IntStream.range(0, 60)
                .forEach(i ->
                        many.add(crowd.intermediateDraft("CN=Crowd").key(shared).certificate()));
        IssuedCertificate hostile = crowd.leaf(NAME).issueWith(many.toArray(X509Certificate[]::new));

        assertThat(told(hostile, wanting(), NOW))
                .containsExactly(
                        "ERROR CHAIN_TOO_COMPLEX: " + LEAF
                                + "no path found among so many certificates, looked at 30 of them, at paths of up to 10 and at 1000 steps");
    }

    @Test
    void accepts_a_path_of_ten_and_refuses_a_longer_one() {
        TestCa deep = ROOT;
        for (int i = 1; i <= 9; i++) {
            deep = deep.intermediate("CN=Level " + i);
        }

        assertThat(told(deep.leaf(NAME), wanting())).isEmpty();
        assertThat(told(deep.intermediate("CN=Level 10").leaf(NAME), wanting()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("ERROR CHAIN_TOO_COMPLEX: ");
    }
}
