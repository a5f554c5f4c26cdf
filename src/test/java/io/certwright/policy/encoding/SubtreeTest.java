package io.certwright.policy.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.policy.encoding.GeneralName.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubtreeTest {
    private static GeneralName text(Kind kind, String text) {
        return new GeneralName(kind, text.getBytes(StandardCharsets.ISO_8859_1), List.of());
    }

    private static GeneralName octets(String hex) {
        return new GeneralName(Kind.IP, HexFormat.of().parseHex(hex), List.of());
    }

    private static GeneralName directory(String... rdns) {
        return new GeneralName(Kind.DIRECTORY, new byte[0], List.of(rdns));
    }

    @ParameterizedTest
    @CsvSource({
        "DNS, contoso.com, contoso.com, true",
        "DNS, contoso.com, WSUS.Contoso.COM, true",
        "DNS, contoso.com, a.b.contoso.com, true",
        "DNS, contoso.com, notcontoso.com, false",
        "DNS, .contoso.com, wsus.contoso.com, true",
        "DNS, .contoso.com, contoso.com, false",
        "DNS, '', wsus.contoso.com, true",
        "DNS, contoso.com, *.contoso.com, true",
        "DNS, wsus.contoso.com, *.contoso.com, false",
        "MAIL, contoso.com, pki@contoso.com, true",
        "MAIL, contoso.com, pki@mail.contoso.com, false",
        "MAIL, .contoso.com, pki@mail.contoso.com, true",
        "MAIL, .contoso.com, pki@contoso.com, false",
        "MAIL, pki@contoso.com, pki@CONTOSO.com, true",
        "MAIL, pki@contoso.com, PKI@contoso.com, false",
        "URI, contoso.com, https://contoso.com/x, true",
        "URI, contoso.com, https://a.contoso.com/, false",
        "URI, .contoso.com, https://u@a.contoso.com:8531/, true",
        "URI, .contoso.com, https://contoso.com.evil.com/, false"
    })
    void holds_the_names_below_it(Kind kind, String base, String name, boolean held) throws BrokenEncoding {
        assertThat(Subtree.of(text(kind, base)).holds(text(kind, name))).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "0a000000ff000000, 0a010203, true",
        "0a000000ff000000, 0b010203, false",
        "c0a80100fffffe00, c0a800ff, true",
        "0a000000ff000000, fd000000000000000000000000000001, false",
        "0000000000000000, 01020304, true"
    })
    void holds_the_addresses_of_a_network(String network, String address, boolean held) throws BrokenEncoding {
        assertThat(Subtree.of(octets(network)).holds(octets(address))).isEqualTo(held);
    }

    @Test
    void holds_directory_names_that_begin_with_it() throws BrokenEncoding {
        Subtree contoso = Subtree.of(directory("c=de", "o=contoso"));

        assertThat(contoso.holds(directory("c=de", "o=contoso", "cn=wsus"))).isTrue();
        assertThat(contoso.holds(directory("c=de"))).isFalse();
        assertThat(contoso.holds(directory("c=de", "o=fabrikam", "cn=wsus"))).isFalse();
    }

    @Test
    void is_reached_by_a_wildcard_that_stands_for_a_name_in_it() throws BrokenEncoding {
        Subtree excluded = Subtree.of(text(Kind.DNS, "secret.contoso.com"));

        assertThat(excluded.reaches(text(Kind.DNS, "*.contoso.com"))).isTrue();
        assertThat(excluded.reaches(text(Kind.DNS, "*.fabrikam.com"))).isFalse();
        assertThat(Subtree.of(text(Kind.DNS, "a.secret.contoso.com")).reaches(text(Kind.DNS, "*.contoso.com")))
                .isFalse();
    }

    @Test
    void is_refused_where_its_base_is_not_well_formed() {
        for (GeneralName base : List.of(
                text(Kind.DNS, "*.contoso.com"),
                text(Kind.DNS, "contoso..com"),
                text(Kind.DNS, "con toso.com"),
                text(Kind.MAIL, "@contoso.com"),
                text(Kind.URI, "https://contoso.com"),
                octets("0a000000"),
                octets("0a000000ff00ff00"))) {
            assertThatThrownBy(() -> Subtree.of(base))
                    .as(base.shown())
                    .isInstanceOf(BrokenEncoding.class)
                    .hasMessage("a subtree of a " + base.kind().text() + " that is none");
        }
    }

    @Test
    void constraints_refuse_a_constrained_name_that_cannot_be_judged() throws BrokenEncoding {
        NameConstraints addresses = new NameConstraints(List.of(), List.of(Subtree.of(text(Kind.URI, "contoso.com"))));

        assertThat(addresses.refusalOf(text(Kind.URI, "urn:isbn:0")))
                .contains("is constrained and of a kind or form that cannot be judged");
        assertThat(addresses.refusalOf(text(Kind.URI, "https://10.0.0.1/")))
                .contains("is constrained and of a kind or form that cannot be judged");
        assertThat(addresses.refusalOf(text(Kind.DNS, "contoso.com"))).isEmpty();
    }
}
