package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.testing.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on where and how a certificate is going to serve, and on what it replaces. */
final class IntendedUseTest {
    private static final String LEAF = "certificate CN=wsus.certwright.test (#): ";
    private static final ASN1ObjectIdentifier TEMPLATE_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2");
    private static final ASN1ObjectIdentifier TEMPLATE_ID = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.21.7");

    private static Expectation serving(IntendedUse use) {
        return wanting().servingAs(use);
    }

    private static IntendedUse usedAs(String... names) {
        return IntendedUse.unknown().withNamesInUse(SubjectAlternativeNames.ofDns(names));
    }

    @Test
    void refuses_to_lose_a_name_that_is_in_use_and_only_warns_of_another() {
        IssuedCertificate old = ISSUING.leaf(NAME, "old.certwright.test").issue();
        String lost = "WARNING NAME_LOST: " + LEAF
                + "the certificate before it also had old.certwright.test, this one has " + "wsus.certwright.test";

        assertThat(told(leaf(), wanting().replacing(old))).containsExactly(lost);
        assertThat(told(leaf(), serving(usedAs(NAME, "old.certwright.test")).replacing(old)))
                .containsExactly(
                        "ERROR NAME_IN_USE_LOST: " + LEAF + "the certificate before it stood for old.certwright.test, "
                                + "which is still in use, this one stands for wsus.certwright.test",
                        lost);
    }

    @Test
    void knows_a_name_in_use_that_a_wildcard_stood_for_and_one_that_nothing_ever_stood_for() {
        IssuedCertificate wild = ISSUING.leaf("*.certwright.test").issue();

        assertThat(told(
                        leaf(),
                        serving(usedAs("old.certwright.test", "never.contoso.com"))
                                .replacing(wild)))
                .contains(
                        "ERROR NAME_IN_USE_LOST: " + LEAF + "the certificate before it stood for old.certwright.test, "
                                + "which is still in use, this one stands for wsus.certwright.test");
        assertThat(told(leaf(), serving(usedAs("old.certwright.test")))).isEmpty();
    }

    @Test
    void warns_of_an_elliptic_key_for_wsus() {
        assertThat(told(leaf(), serving(IntendedUse.unknown().forWsus())))
                .containsExactly("WARNING KEY_UNFIT_FOR_WSUS: " + LEAF
                        + "got a key P-256 for WSUS, wanted RSA, which software update points need");
        assertThat(told(
                        leaf().key(KeySpec.RSA_2048),
                        serving(IntendedUse.unknown().forWsus())))
                .isEmpty();
    }

    @Test
    void refuses_what_ends_before_clients_can_have_its_trust() {
        Instant end = NOW.plus(Duration.ofDays(89));

        assertThat(told(leaf(), serving(IntendedUse.unknown().lasting(Duration.between(NOW, end)))))
                .isEmpty();
        assertThat(told(
                        leaf(),
                        serving(IntendedUse.unknown()
                                .lasting(Duration.between(NOW, end).plusSeconds(1)))))
                .containsExactly("ERROR TOO_SHORT_TO_SERVE: " + LEAF
                        + "valid until 2027-02-19T12:00:00Z, wanted one that is still valid when clients have its trust and "
                        + "the window opens, 89 days from 2026-11-22T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"WebServer, true", "webserver, true", "Computer, false", "1.3.6.1.4.1.311.21.8.1, true", "1.2.3, true"})
    void compares_the_name_of_the_template_where_the_certificate_has_it(String wished, boolean accepted) {
        List<String> told = told(
                leaf().extension(TEMPLATE_NAME, false, new DERBMPString("WebServer")),
                serving(IntendedUse.unknown().byTemplate(wished)));

        assertThat(told)
                .isEqualTo(
                        accepted
                                ? List.of()
                                : List.of("ERROR TEMPLATE_NOT_AS_WISHED: " + LEAF
                                        + "got the template \"WebServer\", wanted \"Computer\""));
    }

    @Test
    void compares_the_identifier_of_the_template_where_the_wish_is_one() {
        DERSequence template = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.21.8.1"), new ASN1Integer(100), new ASN1Integer(4)
        });

        assertThat(told(
                        leaf().extension(TEMPLATE_ID, false, template),
                        serving(IntendedUse.unknown().byTemplate("1.3.6.1.4.1.311.21.8.2"))))
                .containsExactly("ERROR TEMPLATE_NOT_AS_WISHED: " + LEAF
                        + "got the template \"1.3.6.1.4.1.311.21.8.1\", wanted \"1.3.6.1.4.1.311.21.8.2\"");
        assertThat(told(
                        leaf().extension(TEMPLATE_ID, false, template),
                        serving(IntendedUse.unknown().byTemplate("1.3.6.1.4.1.311.21.8.1"))))
                .isEmpty();
        assertThat(told(
                        leaf().extension(TEMPLATE_ID, false, template),
                        serving(IntendedUse.unknown().byTemplate("WebServer"))))
                .isEmpty();
    }

    @Test
    void refuses_a_staging_ca_in_place_of_a_real_one() {
        TestCa real = TestCa.root("CN=Contoso Root", NOW);
        TestCa staging = TestCa.root("CN=(STAGING) Contoso Root", NOW);
        Expectation wanted = wanting().withAnchors(List.of(real.certificate(), staging.certificate()));
        IssuedCertificate old = real.leaf(NAME).issue();

        assertThat(told(staging.leaf(NAME), wanted.replacing(old)))
                .containsExactly("ERROR TEST_CA: " + LEAF + "issued by the test CA CN=(STAGING) Contoso Root, the "
                        + "certificate before it by CN=Contoso Root, wanted a real CA again");
        assertThat(told(staging.leaf(NAME), wanted.replacing(old).allowing(Set.of(Allowance.TEST_CA))))
                .isEmpty();
        assertThat(told(staging.leaf(NAME), wanted.replacing(staging.leaf(NAME).issue())))
                .isEmpty();
        assertThat(told(staging.leaf(NAME), wanted)).isEmpty();
        assertThat(told(real.leaf(NAME), wanted.replacing(old))).isEmpty();
    }

    @Test
    void takes_no_dns_name_for_the_mark_of_a_test_ca() {
        TestCa own = TestCa.root("CN=pki.contoso.test", NOW);
        TestCa real = TestCa.root("CN=Contoso Root", NOW);

        assertThat(told(
                        own.leaf(NAME),
                        wanting()
                                .withAnchors(List.of(own.certificate()))
                                .replacing(real.leaf(NAME).issue())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-14T23:59:59Z, 398",
        "2026-03-15T00:00:00Z, 200",
        "2027-03-14T23:59:59Z, 200",
        "2027-03-15T00:00:00Z, 100",
        "2029-03-15T00:00:00Z, 47"
    })
    void holds_the_lifetime_against_what_public_cas_may_issue_on_that_day(Instant from, int days) {
        Instant longest = from.plus(Duration.ofDays(days)).minusSeconds(1);
        TestCa root = TestCa.rootDraft("CN=Root", from)
                .validFor(Duration.ofDays(-1), Duration.ofDays(999))
                .asRoot();
        Expectation wanted = wanting().withAnchors(List.of(root.certificate()));

        assertThat(told(root.leaf(NAME).valid(from, longest).issue(), wanted, from))
                .isEmpty();
        assertThat(told(root.leaf(NAME).valid(from, longest.plusSeconds(1)).issue(), wanted, from))
                .containsExactly("WARNING LIFETIME_LONG: " + LEAF + "lives for " + days + " days, wanted at most "
                        + days + " days, as public CAs may issue from " + from);
    }

    @Test
    void warns_of_a_certificate_that_is_older_than_its_issuers() {
        TestCa renewed = Bench.ROOT
                .intermediateDraft("CN=Renewed CA")
                .validFor(Duration.ofHours(-1), Duration.ofDays(900))
                .asCa();

        assertThat(told(renewed.leaf(NAME), wanting()))
                .containsExactly(
                        "WARNING OLDER_THAN_ISSUER: " + LEAF + "valid from 2026-11-21T12:00:00Z, but its issuer, "
                                + "certificate CN=Renewed CA (#), only from 2026-11-22T11:00:00Z");
    }
}
