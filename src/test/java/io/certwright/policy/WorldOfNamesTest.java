package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as the world has them: public suffixes, international labels, names of the internet. */
final class WorldOfNamesTest {
    private static Expectation wildcard(String name) {
        return wanting(name).allowing(Set.of(Allowance.WILDCARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.com", "*.co.uk", "*.com.au", "*.xn--55qx5d.cn", "*.test"})
    void refuses_a_wildcard_right_below_a_public_suffix(String name) {
        assertThat(told(ISSUING.leaf(name), wildcard(name)))
                .containsExactly("ERROR WILDCARD_TOO_BROAD: certificate CN=" + name + " (#): got " + name
                        + " in the SAN, wanted at least two labels to the right of the star, and no public suffix such as "
                        + "co.uk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.contoso.com", "*.contoso.co.uk", "*.corp.local", "*.xn--mnchen-3ya.de", "*.github.io"})
    void accepts_a_wildcard_below_a_domain_that_somebody_owns(String name) {
        assertThat(told(ISSUING.leaf(name), wildcard(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xn--mnchen-3ya.de",
                "xn--strae-oqa.de",
                "xn--fiqs8s.cn",
                "xn--e1afmkfd.xn--p1ai",
                "xn--r8jz45g.jp",
                "xn--hxajbheg2az3al.gr",
                "xn--mgbh0fb.com"
            })
    void accepts_international_names_in_their_form_for_dns(String name) {
        assertThat(told(ISSUING.leaf(name), wanting(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--abc-", "xn--abc", "xn--99999999999", "xn--a-ecp", "xn--zn7c", "xn---", "xn--wgv-"})
    void refuses_labels_that_only_look_like_international_ones(String label) {
        String name = label.endsWith("-") ? label + "0.contoso.com" : label + ".contoso.com";
        InternationalLabel read = new InternationalLabel(label);

        assertThat(read.isALabel()).isFalse();
        if (!label.endsWith("-")) {
            assertThat(told(ISSUING.leaf(name), wanting(name)))
                    .containsExactly(
                            "ERROR IDN_MALFORMED: certificate CN=" + name + " (#): got " + name
                                    + " in the SAN, wanted labels that begin with xn-- to be the A-labels of international names");
        }
    }

    @ParameterizedTest
    @CsvSource({"mnchen-3ya, münchen", "strae-oqa, straße", "fiqs8s, 中国", "e1afmkfd, пример", "n3h, ☃"})
    void decodes_punycode(String encoded, String decoded) {
        assertThat(Punycode.decode(encoded)).contains(decoded);
    }

    @Test
    void tells_reserved_labels() {
        String name = "r3---sn.contoso.com";

        assertThat(told(ISSUING.leaf(name), wanting(name)))
                .containsExactly("WARNING LABEL_RESERVED: certificate CN=" + name + " (#): got " + name
                        + " in the SAN, wanted no label with hyphens as third and fourth character but xn-- ones");
    }

    @Test
    void tells_letters_of_several_scripts_in_one_label() {
        String name = "xn--contos-1qf.com";

        assertThat(new InternationalLabel("xn--contos-1qf").findUnicode()).contains("contosо");
        assertThat(told(ISSUING.leaf(name), wanting(name)))
                .containsExactly("WARNING SCRIPTS_MIXED: certificate CN=" + name + " (#): got " + name
                        + " in the SAN, which mixes letters of several scripts and can be mistaken for another name");
    }

    @Test
    void refuses_names_of_no_internet_from_a_public_ca_alone() {
        assertThat(told(
                        ISSUING.leaf("wsus.contoso.com", "wsus.corp.local").ips("10.0.0.1", "fd00::1", "8.8.8.8"),
                        wanting("wsus.contoso.com").inProfile(Profile.PUBLIC)))
                .containsExactly(
                        "ERROR NAME_INTERNAL: certificate CN=wsus.contoso.com (#): got wsus.corp.local, 10.0.0.1, "
                                + "fd00:0:0:0:0:0:0:1 in the SAN, wanted names of the internet from a public CA");
        assertThat(told(ISSUING.leaf("wsus.corp.local").ips("10.0.0.1"), wanting("wsus.corp.local")))
                .isEmpty();
    }
}
