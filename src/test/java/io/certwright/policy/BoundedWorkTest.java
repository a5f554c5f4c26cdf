package io.certwright.policy;

import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.ROOT;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** Hostile chains cost a number of steps that does not depend on how hostile they are. Steps are counted, not timed. */
final class BoundedWorkTest {
    /** Every CA signs every other one, each under its own name: the number of ways grows with the factorial. */
    private static List<X509Certificate> crossSigned(int cas, TestCa last) {
        List<TestCa> roots = new ArrayList<>();
        IntStream.range(0, cas - 1).forEach(i -> roots.add(TestCa.root("CN=Cross " + i, NOW)));
        roots.add(last);
        List<X509Certificate> crosses = new ArrayList<>();
        for (TestCa signer : roots) {
            for (TestCa signed : roots) {
                if (signer != signed) {
                    crosses.add(signer.intermediateDraft(nameOf(signed))
                            .key(signed.keyPair())
                            .certificate());
                }
            }
        }
        return crosses;
    }

    private static String nameOf(TestCa ca) {
        return ca.certificate().getSubjectX500Principal().getName();
    }

    private static PathSearch searched(X509Certificate leaf, List<X509Certificate> others, X509Certificate anchor) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        chain.addAll(others);
        return new PathSearch(new CertificateChain(chain), List.of(anchor), NOW);
    }

    @Test
    void gives_up_on_cas_that_all_sign_each_other_after_a_thousand_steps() {
        TestCa first = TestCa.root("CN=Cross last", NOW);
        PathSearch search = searched(first.leaf(NAME).certificate(), crossSigned(6, first), ROOT.certificate());

        assertThat(search.candidates()).isEmpty();

        assertThat(search.effort().steps()).isLessThanOrEqualTo(1001);
        assertThat(search.effort().signatures()).isLessThanOrEqualTo(30 * 30);
        assertThat(search.deadEnd().code()).isEqualTo(ViolationCode.CHAIN_TOO_COMPLEX);
    }

    @Test
    void finds_the_way_out_of_such_a_crowd_in_few_steps_where_there_is_one() {
        TestCa first = TestCa.root("CN=Cross last", NOW);
        List<X509Certificate> crowd = new ArrayList<>(crossSigned(5, first));
        crowd.add(ROOT.intermediateDraft("CN=Cross last").key(first.keyPair()).certificate());
        PathSearch search = searched(first.leaf(NAME).certificate(), crowd, ROOT.certificate());

        assertThat(search.candidates().get(0).certificates()).hasSize(2);
        assertThat(told(first.leaf(NAME).issueWith(crowd.toArray(X509Certificate[]::new)), wanting(), NOW))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARNING CHAIN_STRANGER: ");
    }

    @Test
    void passes_each_name_and_key_once_however_many_certificates_bear_them() {
        KeyPair shared = TestKeys.fresh(KeySpec.P_256);
        TestCa crowd = TestCa.rootDraft("CN=Crowd", NOW).key(shared).asRoot();
        List<X509Certificate> many = IntStream.range(0, 29)
                .mapToObj(i -> crowd.intermediateDraft("CN=Crowd").key(shared).certificate())
                .toList();
        PathSearch search = searched(crowd.leaf(NAME).certificate(), many, ROOT.certificate());

        assertThat(search.candidates()).isEmpty();
        assertThat(search.effort().steps()).isEqualTo(30);
        assertThat(search.deadEnd().code()).isEqualTo(ViolationCode.ROOT_UNTRUSTED);
    }

    @Test
    void refuses_ten_thousand_names_under_many_constraints_before_comparing_any() {
        TestCa narrow = constrained(100);
        TestCertificate many = narrow.leaf(manyNames());

        assertThat(ConstraintJudge.comparisonsIn(path(many, narrow))).isEqualTo(1_000_200);
        assertThat(told(many, Bench.withoutNames()))
                .containsExactly(
                        "ERROR CHAIN_TOO_COMPLEX: certificate CN=n0.certwright.test (#): its names and the name constraints "
                                + "above it take 1000200 comparisons, wanted at most 262144");
    }

    @Test
    void accepts_ten_thousand_names_under_a_few_constraints() {
        TestCa narrow = constrained(20);
        TestCertificate many = narrow.leaf(manyNames());

        assertThat(ConstraintJudge.comparisonsIn(path(many, narrow))).isLessThan(PathLimits.MOST_COMPARISONS);
        assertThat(told(many, Bench.withoutNames())).isEmpty();
    }

    @Test
    void refuses_more_subtrees_than_the_validator_can_merge() {
        TestCa narrow = constrained(1025);

        assertThat(told(narrow.leaf(NAME), wanting()))
                .containsExactly("ERROR CHAIN_TOO_COMPLEX: certificate CN=wsus.certwright.test (#): its path has 1025 "
                        + "subtrees of names, wanted at most 1024");
    }

    @Test
    void refuses_policy_mappings_that_multiply_from_level_to_level() {
        TestCa ca = ROOT;
        for (int level = 0; level < 8; level++) {
            ca = ca.intermediateDraft("CN=Level " + level)
                    .extension(Extension.certificatePolicies, false, policies(10))
                    .extension(Extension.policyMappings, true, mappings(10))
                    .asCa();
        }

        assertThat(PathLimits.policyNodesIn(path(ca.leaf(NAME), ca))).isGreaterThan(100_000_000L);
        assertThat(told(ca.leaf(NAME), wanting()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(
                        "ERROR CHAIN_TOO_COMPLEX: certificate CN=wsus.certwright.test (#): the certificate policies of "
                                + "its path can take ");
    }

    @Test
    void takes_a_subject_of_64_kilobytes_and_shows_little_of_it() {
        ASN1Encodable attribute =
                new DERSequence(new ASN1Encodable[] {BCStyle.CN, new DERUTF8String("x".repeat(65_000))});

        assertThat(told(
                        leaf().signedFields(fields -> fields.set(5, new DERSequence(new DERSet(attribute)))),
                        wanting()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARNING CN_NOT_IN_SAN: certificate CN=xxx")
                .hasSizeLessThan(400);
    }

    private static TestCa constrained(int subtrees) {
        GeneralSubtree[] permitted = IntStream.range(0, subtrees)
                .mapToObj(i -> new GeneralSubtree(
                        new GeneralName(GeneralName.dNSName, i == 0 ? "certwright.test" : "d" + i + ".contoso.com")))
                .toArray(GeneralSubtree[]::new);
        return ROOT.intermediateDraft("CN=Narrow CA")
                .extension(Extension.nameConstraints, true, new NameConstraints(permitted, null))
                .asCa();
    }

    private static String[] manyNames() {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "n" + i + ".certwright.test")
                .toArray(String[]::new);
    }

    private static CandidatePath path(TestCertificate leaf, TestCa ca) {
        List<X509Certificate> certificates = new ArrayList<>(List.of(leaf.certificate()));
        certificates.addAll(ca.chain());
        return new CandidatePath(certificates, ca.anchor());
    }

    private static ASN1ObjectIdentifier policy(int number) {
        return new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7." + number);
    }

    private static DERSequence policies(int count) {
        return new DERSequence(IntStream.range(0, count)
                .mapToObj(i -> new DERSequence(policy(i)))
                .toArray(ASN1Encodable[]::new));
    }

    /** Each to each. */
    private static DERSequence mappings(int count) {
        return new DERSequence(IntStream.range(0, count * count)
                .mapToObj(i -> new DERSequence(new ASN1Encodable[] {policy(i / count), policy(i % count)}))
                .toArray(ASN1Encodable[]::new));
    }
}
