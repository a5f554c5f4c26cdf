package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static io.certwright.policy.Bench.withoutNames;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.SubjectAlternativeNames;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

final class NameChecksTest {
    private static final Set<Allowance> WILDCARD = Set.of(Allowance.WILDCARD);
    private static final Set<Allowance> SINGLE_LABEL = Set.of(Allowance.SINGLE_LABEL);

    @Test
    void accepts_names_in_another_order_and_more_names_than_wanted() {
        assertThat(told(
                        ISSUING.leaf("b.certwright.test", "a.certwright.test", "c.certwright.test"),
                        wanting("a.certwright.test", "b.certwright.test")))
                .isEmpty();
    }

    @Test
    void refuses_a_wanted_name_that_is_missing() {
        assertThat(told(leaf(), wanting(NAME, "wsus.contoso.com")))
                .containsExactly("ERROR NAME_NOT_COVERED: certificate CN=wsus.certwright.test (#): got the SANs "
                        + "wsus.certwright.test, wanted also wsus.contoso.com");
    }

    @Test
    void refuses_a_name_that_stands_in_the_cn_alone() {
        assertThat(told(ISSUING.leaf("other.certwright.test").subject("CN=WSUS.certwright.test"), wanting()))
                .containsExactly(
                        "ERROR NAME_NOT_COVERED: certificate CN=WSUS.certwright.test (#): got the SANs other.certwright.test, "
                                + "wanted also wsus.certwright.test (the CN does not count)",
                        "WARNING CN_NOT_IN_SAN: certificate CN=WSUS.certwright.test (#): got the CN \"WSUS.certwright.test\", "
                                + "wanted one of the SANs other.certwright.test");
    }

    @Test
    void covers_one_left_most_label_by_a_wildcard() {
        assertThat(told(ISSUING.leaf("*.certwright.test"), wanting().allowing(WILDCARD)))
                .isEmpty();
    }

    @Test
    void covers_neither_two_labels_nor_the_bare_domain_by_a_wildcard() {
        assertThat(told(
                        ISSUING.leaf("*.certwright.test"),
                        wanting("a.b.certwright.test", "certwright.test").allowing(WILDCARD)))
                .containsExactly("ERROR NAME_NOT_COVERED: certificate CN=*.certwright.test (#): got the SANs "
                        + "*.certwright.test, wanted also a.b.certwright.test, certwright.test");
    }

    @Test
    void compares_addresses_with_ip_sans_only() {
        SubjectAlternativeNames address = new SubjectAlternativeNames(
                List.of(), List.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1")));
        Expectation wanted = Expectation.of(address).withAnchors(wanting().anchors());

        assertThat(told(leaf().ips("10.0.0.1", "fd00::1"), wanted)).isEmpty();
        assertThat(told(leaf().ips("10.0.0.2"), wanted))
                .containsExactly("ERROR NAME_NOT_COVERED: certificate CN=wsus.certwright.test (#): got the SANs "
                        + "wsus.certwright.test, 10.0.0.2, wanted also 10.0.0.1, fd00:0:0:0:0:0:0:1");
    }

    @Test
    void refuses_a_certificate_without_san() {
        assertThat(told(leaf().noSan(), wanting()))
                .containsExactly(
                        "ERROR NAME_NOT_COVERED: certificate CN=wsus.certwright.test (#): got the SANs none, wanted also "
                                + "wsus.certwright.test (the CN does not count)",
                        "WARNING CN_NOT_IN_SAN: certificate CN=wsus.certwright.test (#): got the CN \"wsus.certwright.test\", "
                                + "wanted one of the SANs none");
        assertThat(told(leaf().noSan(), withoutNames()))
                .startsWith(
                        "ERROR SAN_ABSENT: certificate CN=wsus.certwright.test (#): got no DNS name and no IP address in "
                                + "the SAN, wanted at least one (the CN does not count)");
    }

    @Test
    void refuses_names_that_are_not_well_formed_and_shows_them_harmlessly() {
        assertThat(told(
                        leaf().dns("a b.certwright.test", "x_y.certwright.test", "line\nbreak", "*.*.certwright.test"),
                        wanting()))
                .containsExactly("ERROR NAME_MALFORMED: certificate CN=wsus.certwright.test (#): got "
                        + "\"a b.certwright.test\", \"x_y.certwright.test\", \"line\\u000abreak\", \"*.*.certwright.test\" in "
                        + "the SAN, wanted names of letters, digits, hyphens and dots");
    }

    @Test
    void refuses_a_name_with_a_nul_in_it_though_it_begins_like_the_wanted_one() {
        assertThat(told(ISSUING.leaf("wsus.certwright.test\0.evil.test").subject(""), wanting()))
                .containsExactly(
                        "ERROR NAME_NOT_COVERED: certificate without a subject (#): got the SANs none, wanted also "
                                + "wsus.certwright.test",
                        "ERROR NAME_MALFORMED: certificate without a subject (#): got "
                                + "\"wsus.certwright.test\\u0000.evil.test\" in the SAN, wanted names of letters, digits, "
                                + "hyphens and dots");
    }

    @Test
    void tells_a_cn_that_is_a_homograph_of_a_san() {
        assertThat(told(ISSUING.leaf("kiosk.certwright.test").subject("CN=\u212aiosk.certwright.test"), withoutNames()))
                .containsExactly("WARNING CN_NOT_IN_SAN: certificate CN=\u212aiosk.certwright.test (#): got the CN "
                        + "\"\u212aiosk.certwright.test\", wanted one of the SANs kiosk.certwright.test");
    }

    @Test
    void refuses_a_cn_outside_the_san_from_a_public_ca() {
        assertThat(told(
                        ISSUING.leaf("wsus.contoso.com").subject("CN=WSUS server"),
                        wanting("wsus.contoso.com").inProfile(Profile.PUBLIC)))
                .containsExactly(
                        "ERROR CN_NOT_IN_SAN: certificate CN=WSUS server (#): got the CN \"WSUS server\", wanted one of "
                                + "the SANs wsus.contoso.com");
    }

    @Test
    void accepts_a_certificate_without_cn() {
        assertThat(told(leaf().subject(""), wanting())).isEmpty();
        assertThat(told(leaf().subject("O=Contoso"), wanting())).isEmpty();
    }

    @Test
    void refuses_a_wildcard_that_is_not_allowed() {
        assertThat(told(ISSUING.leaf("*.certwright.test"), wanting()))
                .containsExactly(
                        "ERROR WILDCARD_NOT_ALLOWED: certificate CN=*.certwright.test (#): got *.certwright.test in the "
                                + "SAN, wanted no wildcard, the settings of this certificate allow none");
    }

    @Test
    void judges_no_wildcards_and_short_names_where_no_names_are_wanted() {
        assertThat(told(ISSUING.leaf("*.certwright.test", "wsus"), withoutNames()))
                .isEmpty();
    }

    @Test
    void refuses_a_wildcard_over_a_whole_top_level_domain() {
        assertThat(told(
                        ISSUING.leaf("*.test", NAME).subject("CN=" + NAME),
                        wanting().allowing(WILDCARD)))
                .containsExactly(
                        "ERROR WILDCARD_TOO_BROAD: certificate CN=wsus.certwright.test (#): got *.test in the SAN, "
                                + "wanted at least two labels to the right of the star, and no public suffix such as co.uk");
    }

    @Test
    void accepts_a_single_label_beside_a_full_name_only_where_allowed_and_private() {
        assertThat(told(ISSUING.leaf(NAME, "wsus"), wanting(NAME, "wsus").allowing(SINGLE_LABEL)))
                .isEmpty();
        assertThat(told(ISSUING.leaf(NAME, "wsus"), wanting(NAME, "wsus")))
                .containsExactly(
                        "ERROR SINGLE_LABEL_NOT_ALLOWED: certificate CN=wsus.certwright.test (#): got wsus in the SAN, "
                                + "wanted no name of a single label, the settings of this certificate allow none");
        assertThat(told(
                        ISSUING.leaf("wsus.contoso.com", "wsus"),
                        wanting("wsus.contoso.com", "wsus")
                                .allowing(SINGLE_LABEL)
                                .inProfile(Profile.PUBLIC)))
                .containsExactly(
                        "ERROR SINGLE_LABEL_NOT_ALLOWED: certificate CN=wsus.contoso.com (#): got wsus in the SAN, "
                                + "wanted no name of a single label from a public CA");
    }

    @Test
    void refuses_a_single_label_alone_though_allowed() {
        assertThat(told(ISSUING.leaf("wsus"), wanting("wsus").allowing(SINGLE_LABEL)))
                .containsExactly(
                        "ERROR SINGLE_LABEL_ALONE: certificate CN=wsus (#): got wsus in the SAN, wanted a full name "
                                + "beside it");
    }

    @Test
    void warns_of_a_name_that_the_predecessor_had() {
        assertThat(told(
                        leaf(),
                        wanting()
                                .replacing(ISSUING.leaf(NAME, "old.certwright.test")
                                        .issue())))
                .containsExactly(
                        "WARNING NAME_LOST: certificate CN=wsus.certwright.test (#): the certificate before it also had "
                                + "old.certwright.test, this one has wsus.certwright.test");
    }

    @Test
    void tells_a_lost_name_that_is_still_wished_once_and_as_an_error() {
        assertThat(told(
                        leaf(),
                        wanting(NAME, "old.certwright.test")
                                .replacing(ISSUING.leaf(NAME, "old.certwright.test")
                                        .issue())))
                .containsExactly("ERROR NAME_NOT_COVERED: certificate CN=wsus.certwright.test (#): got the SANs "
                        + "wsus.certwright.test, wanted also old.certwright.test");
    }

    @Test
    void tells_other_kinds_of_names_and_takes_nothing_from_them() {
        assertThat(told(
                        leaf().name(new GeneralName(GeneralName.rfc822Name, "pki@certwright.test"))
                                .name(new GeneralName(
                                        GeneralName.uniformResourceIdentifier, "https://certwright.test/")),
                        wanting()))
                .containsExactly("WARNING SAN_KIND_ODD: certificate CN=wsus.certwright.test (#): got names of another "
                        + "kind in the SAN, mail address, URI, wanted DNS names and IP addresses alone");
    }

    @Test
    void refuses_extensions_that_cannot_be_read() {
        DEROctetString garbage = new DEROctetString(new byte[] {1});
        String leaf = "certificate CN=wsus.certwright.test (#): ";

        assertThat(told(leaf().noSan().extension(Extension.subjectAlternativeName, false, garbage), withoutNames()))
                .containsExactly(
                        "ERROR MALFORMED: " + leaf
                                + "its subject alternative names (2.5.29.17) cannot be read, wanted the encoding of RFC 5280",
                        "WARNING CN_NOT_IN_SAN: " + leaf
                                + "got the CN \"wsus.certwright.test\", wanted one of the SANs none");
        assertThat(told(leaf().extension(Extension.keyUsage, false, garbage), wanting()))
                .containsExactly("ERROR MALFORMED: " + leaf
                        + "its key usage bits (2.5.29.15) cannot be read, wanted the encoding of RFC 5280");
        assertThat(told(leaf().extension(Extension.extendedKeyUsage, false, garbage), wanting()))
                .first()
                .isEqualTo("ERROR MALFORMED: " + leaf
                        + "its extended key usages (2.5.29.37) cannot be read, wanted the encoding of RFC 5280");
    }

    @Test
    void judges_ten_thousand_names_against_ten_thousand_in_no_time() {
        String[] names = IntStream.range(0, 10_000)
                .mapToObj(i -> "h" + i + ".certwright.test")
                .toArray(String[]::new);
        SubjectAlternativeNames wanted = new SubjectAlternativeNames(
                IntStream.range(0, 10_000)
                        .mapToObj(i -> DnsName.parse("h" + (i + 1) + ".certwright.test"))
                        .toList(),
                List.of());
        Expectation expectation = Expectation.of(wanted).withAnchors(wanting().anchors());
        var issued = ISSUING.leaf(names).issue();
        told(issued, expectation, Bench.NOW);

        long started = System.nanoTime();
        List<String> told = told(issued, expectation.replacing(issued), Bench.NOW);

        assertThat(told).hasSize(1).first().asString().endsWith("and 9995 more, wanted also h10000.certwright.test");
        assertThat(System.nanoTime() - started).isLessThan(2_000_000_000L);
    }
}
