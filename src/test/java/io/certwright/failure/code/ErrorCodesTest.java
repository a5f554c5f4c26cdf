package io.certwright.failure.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodesTest {
    private static final ErrorCodes TABLE = ErrorCodes.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x80072F8F",
                "0X80072f8f",
                "80072f8f",
                "-2147012721",
                "2147954575",
                "12175",
                "0x2F8F",
                " 0x80072F8F ",
                "ERROR_WINHTTP_SECURE_FAILURE",
                "winhttp_secure_failure"
            })
    void one_code_is_found_in_every_form(String asked) {
        assertThat(TABLE.find(asked)).map(ErrorCode::code).contains("0x80072F8F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1312", "0x80070520", "80070520", "0x520", "-2147023584", "2147943712"})
    void a_code_of_win32_is_the_same_within_an_hresult(String asked) {
        assertThat(TABLE.find(asked)).map(ErrorCode::name).contains("ERROR_NO_SUCH_LOGON_SESSION");
    }

    @Test
    void the_status_of_iis_is_no_number_of_windows() {
        assertThat(TABLE.find("403.4")).map(ErrorCode::name).contains("SSL_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0x", "99999999999", "0x123456789", "-1", "0", "4294967296", "hello", "0x80072F8F;", "１２１７５"
            })
    void what_is_not_in_the_table_is_not_found(String asked) {
        assertThat(TABLE.find(asked)).isEmpty();
    }

    @Test
    void every_code_is_found_by_each_of_its_own_forms() {
        for (ErrorCode code : TABLE.all()) {
            assertThat(TABLE.find(code.code())).as(code.code()).contains(code);
            assertThat(TABLE.find(code.name())).as(code.name()).contains(code);
            code.value().ifPresent(value -> {
                assertThat(TABLE.find(Integer.toString(value))).as(code.code()).contains(code);
                assertThat(TABLE.find(Integer.toUnsignedString(value)))
                        .as(code.code())
                        .contains(code);
            });
            if (code.shortCode().isPresent()) {
                assertThat(TABLE.find(Integer.toString(code.shortCode().getAsInt())))
                        .as(code.code())
                        .contains(code);
            }
        }
    }

    /** An HRESULT of facility Win32 holds the short code in its lower half: a slip of the pen would show. */
    @Test
    void short_codes_fit_their_hresults() {
        for (ErrorCode code : TABLE.all()) {
            if (code.shortCode().isPresent()) {
                assertThat(code.value())
                        .as(code.code())
                        .contains(0x80070000 | code.shortCode().getAsInt());
            }
        }
    }

    @Test
    void says_whole_sentences() {
        Pattern sentence = Pattern.compile("[A-Z\"].*\\.", Pattern.DOTALL);
        assertThat(TABLE.all()).hasSizeGreaterThan(60).allSatisfy(code -> {
            assertThat(code.meaning()).matches(sentence);
            assertThat(code.cause()).matches(sentence);
            assertThat(code.fix()).matches(sentence);
        });
    }

    @Test
    void refuses_a_table_with_a_part_missing() {
        assertThatThrownBy(() -> ErrorCodes.parse("0x80072F8F NAME\nmeans: a.\nfix: b.\ncause: c.\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table of error codes: got \"fix: b.\", wanted \"cause: …\"");
        assertThatThrownBy(() -> ErrorCodes.parse("0x80072F8F\nmeans: a.\ncause: b.\nfix: c.\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "table of error codes: got \"0x80072F8F\", wanted a code and its name, then means, cause and fix");
    }
}
