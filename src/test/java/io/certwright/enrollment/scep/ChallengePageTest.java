package io.certwright.enrollment.scep;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.SecretText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengePageTest {
    private static final String PASSWORD = "7B0C3C6F1F4B2D19";

    private static ChallengePage page(String text, Charset charset) {
        return ChallengePage.of(text.getBytes(charset));
    }

    private static ChallengePage page(String text) {
        return page(text, StandardCharsets.UTF_16LE);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestChallengePage.ENGLISH, TestChallengePage.GERMAN})
    void the_password_is_found_in_any_language_and_encoding(String html) {
        String filled = html.replace("%s", PASSWORD);
        SecretText expected = SecretText.of(PASSWORD);
        assertThat(page(filled).password()).contains(expected);
        assertThat(page("\uFEFF" + filled).password()).contains(expected);
        assertThat(page(filled, StandardCharsets.UTF_8).password()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<b>7b0c3c6f1f4b2d19</b> | 7b0c3c6f1f4b2d19",
                "<b>~TAB~7B0C3C6F1F4B2D19~CRLF~</b> | 7B0C3C6F1F4B2D19",
                "<td>0A1B2C3D4E5F60718293A4B5C6D7E8F901020304</td><b>7B0C3C6F</b> | 7B0C3C6F",
                "<b>0A1B2C3D4E5F60718293A4B5C6D7E8F9</b> | 0A1B2C3D4E5F60718293A4B5C6D7E8F9",
                "<b>7B0C3C6F1F4B2D19</b><p>again</p><b>7B0C3C6F1F4B2D19</b> | 7B0C3C6F1F4B2D19"
            })
    void it_stands_in_one_piece_between_tags(String html, String password) {
        assertThat(page(html.replace("~TAB~", "\t").replace("~CRLF~", "\r\n")).password())
                .contains(SecretText.of(password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<b></b>",
                "<b>7B0C3C6</b>",
                "<b>7B0C3C6F1</b>",
                "<b>7B0C3C6G</b>",
                "<b>7B0C3C6F 1F4B2D19</b>",
                "7B0C3C6F1F4B2D19",
                "<b>7B0C3C6F1F4B2D19</b><b>8B0C3C6F1F4B2D19</b>",
                "<p>password: 7B0C3C6F1F4B2D19</p>"
            })
    void anything_else_is_no_password(String html) {
        assertThat(page(html).password()).isEmpty();
        assertThat(page(html, StandardCharsets.UTF_8).password()).isEmpty();
    }

    @Test
    void its_words_are_shown_without_tags_styles_and_anything_that_could_be_a_secret() {
        ChallengePage page =
                page("<html><head><title>NDES</title></head><style>p {x}</style><body><p>You do not have\r\n"
                        + " the  permission.</p>\u0007 Password: 7B0C3C6F1F4B2D19.</body></html>");
        assertThat(page.wordsForPeople()).isEqualTo("You do not have the permission. \\u0007 Password: …");
        assertThat(page).hasToString("challenge page of 148 characters");
        assertThat(page("<p>Kennwort:ABCDEFAB</p> facade").wordsForPeople()).isEqualTo("… facade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<style ", "<", "<!--", ">", "x", ">7B0C3C6F", " \t"})
    @Timeout(10)
    void pages_that_are_made_to_take_long_do_not(String part) {
        ChallengePage page = page(part.repeat(256 * 1024 / part.length()), StandardCharsets.UTF_8);
        long before = System.nanoTime();
        assertThat(page.password()).isEmpty();
        assertThat(page.saysThatItHasNone()).isFalse();
        assertThat(page.wordsForPeople()).hasSizeLessThan(250);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_full_cache_is_noticed() {
        assertThat(page("<p>The <b>password cache</b> is full.</p>").saysThatItHasNone())
                .isTrue();
        assertThat(page("<p>The password is wrong.</p>").saysThatItHasNone()).isFalse();
    }
}
