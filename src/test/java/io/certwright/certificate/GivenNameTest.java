package io.certwright.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "wsus01", "Web-1.contoso_com", "a.", "9-", "Z__z"})
    void may_be(String name) {
        assertThat(GivenName.isOne(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".a", "-a", "_a", "a b", "a\r\nb", "a/b", "a\\b", "a:b", "\u00e4", "a\u00e4", "a\u212a", "a\u0661",
                "a\0"
            })
    void may_not_be(String name) {
        assertThat(GivenName.isOne(name)).isFalse();
        assertThatThrownBy(() -> CertificateName.of(name)).hasMessageContaining("wanted 1 to 63 letters");
    }

    @Test
    void has_63_letters_at_most() {
        assertThat(GivenName.isOne("a".repeat(63))).isTrue();
        assertThat(GivenName.isOne("a".repeat(64))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0a", "0G", "0\uff21", "0:", "0@", "0 "})
    void a_digest_has_upper_case_digits_alone(String wrong) {
        assertThat(Digests.isHex("0A9F", 4)).isTrue();
        assertThat(Digests.isHex(wrong, 2)).isFalse();
        assertThat(Digests.isHex("0A9F", 5)).isFalse();
    }
}
