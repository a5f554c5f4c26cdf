package io.certwright.enrollment.certreq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers in what certreq said, whatever its language. */
class CertreqSaidTest {
    private static CertreqSaid said(int exitCode, String lines) {
        return new CertreqSaid(exitCode, List.of(lines.split("/", -1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            RequestId: 12/RequestId: "12"/Certificate retrieved(Issued) Issued | 12
            RequestId: "12" | 12
            Certificate request is pending: Taken Under Submission (0) RequestId: 12 | 12
            Anforderungs-ID: 4711/Anforderungs-ID: "4711"/Zertifikat abgerufen(Ausgestellt) | 4711
            ID de demande: 9/ID de demande: "9" | 9
            要求 ID: 3/要求 ID: "3" | 3
            Anforderungs-ID: 4711 | -1
            Zeit: 5/Dauer: "5" | -1
            RequestId: 12/RequestId: "13" | -1
            RequestId: | -1
            RequestId: 99999999999999999999 | -1
            | -1
            """)
    void names_the_request_in_any_language(String lines, long number) {
        assertThat(said(0, lines == null ? "" : lines).requestId())
                .isEqualTo(number < 0 ? OptionalLong.empty() : OptionalLong.of(number));
    }

    @Test
    void takes_the_code_it_ended_with_before_those_it_names() {
        assertThat(said(0x80094012, "x 0x80070005").code()).contains("0x80094012");
        assertThat(said(0, "first 0x80070005/then 0x800706ba (-2147023174)").code())
                .contains("0x800706BA");
        assertThat(said(5, "nothing 0x1234").code()).isEmpty();
    }

    @Test
    void tells_a_denial_from_a_failure() {
        assertThat(said(0x80094800, "").isDenial()).isTrue();
        assertThat(said(0, "Verweigert 0x80094811").isDenial()).isTrue();
        assertThat(said(2, "").isDenial()).isTrue();
        assertThat(said(0x80094003, "").isDenial()).isFalse();
        assertThat(said(0x80094003, "").isUnknownRequest()).isTrue();
        assertThat(said(0x800706BA, "").isDenial()).isFalse();
        assertThat(said(0x800706BA, "").wasCertainlyNotAsked()).isTrue();
        assertThat(said(0x800706BE, "").wasCertainlyNotAsked()).isFalse();
    }

    @Test
    void shows_words_without_what_could_break_a_line_and_explains_known_codes() {
        assertThat(said(0, "RequestId: 1/ Denied\r\nBcc: x ").words()).isEqualTo("\"Denied\\u000d\\u000aBcc: x\"");
        assertThat(said(0, "").words()).isEqualTo("nothing");
        assertThat(said(0x80094012, "").explained()).startsWith(" (0x80094012 CERTSRV_E_TEMPLATE_DENIED: ");
        assertThat(said(0x80001234, "").explained()).isEmpty();
        assertThat(said(0x80001234, "").end()).isEqualTo("0x80001234");
    }
}
