package io.certwright.policy.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DerTest {
    private static Der der(String hex) throws BrokenEncoding {
        return Der.parse(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "'', cut short",
        "30, cut short",
        "3001, cut short",
        "300081, octets after its end",
        "30800000, an indefinite length",
        "308101, a length that is not in its shortest form",
        "30820001ff, a length that is not in its shortest form",
        "30840000000100, cut short",
        "1f0100, a tag of more than one octet"
    })
    void refuses_what_is_not_der(String hex, String found) {
        assertThatThrownBy(() -> der(hex)).isInstanceOf(BrokenEncoding.class).hasMessage(found);
    }

    @ParameterizedTest
    @CsvSource({"0200", "02020001", "0202ff80"})
    void refuses_integers_that_are_not_in_their_shortest_form(String hex) {
        assertThatThrownBy(() -> der(hex).integer()).hasMessage("an integer that is not in its shortest form");
    }

    @Test
    void reads_values() throws BrokenEncoding {
        assertThat(der("0202ff7f").integer()).isEqualTo(-129);
        assertThat(der("0101ff").bool()).isTrue();
        assertThat(der("0603551d11").objectIdentifier()).isEqualTo("2.5.29.17");
        assertThat(der("06092b0601040182371407").objectIdentifier()).isEqualTo("1.3.6.1.4.1.311.20.7");
        assertThat(der("0603883703").objectIdentifier()).isEqualTo("2.999.3");
        assertThat(der("30060201010101ff").sequence()).hasSize(2);
    }

    @Test
    void refuses_another_kind_than_wanted() {
        assertThatThrownBy(() -> der("0500").sequence()).hasMessage("tag 05 instead of a sequence");
        assertThatThrownBy(() -> der("010101").bool()).hasMessage("a boolean that is neither 00 nor FF");
        assertThatThrownBy(() -> der("0601ff").objectIdentifier())
                .hasMessage("an object identifier that is cut short or too long");
    }
}
