package io.certwright.lifecycle.wish;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.SubjectAlternativeNames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdHocTest {
    @ParameterizedTest
    @CsvSource({
        "a.contoso.com, a.contoso.com, true",
        "a.contoso.com, a.contoso.com.au, false",
        "a.contoso.com, a.contoso.com b.contoso.com, false",
        "a.contoso.com, b.contoso.com, false",
        "b.contoso.com a.contoso.com, a.contoso.com b.contoso.com, true",
        "b.contoso.com a.contoso.com, a.contoso.com, false"
    })
    void a_digest_is_for_just_its_names_in_whatever_order(String wished, String recorded, boolean isFor) {
        String digest = recorded + "||P_256|SERVICE|lab|[]";

        assertThat(AdHoc.isFor(SubjectAlternativeNames.ofDns(wished.split(" ")), digest))
                .isEqualTo(isFor);
        assertThat(AdHoc.issuerIn(digest).value()).isEqualTo("lab");
    }
}
