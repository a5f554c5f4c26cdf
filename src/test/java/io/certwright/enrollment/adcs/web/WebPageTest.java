package io.certwright.enrollment.adcs.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<p>a<b>b</b></p> | a b",
                "<SCRIPT>var x=1;</Script >a | a",
                "<head><title>t</title></head>a | a",
                "<header>a</header> | a",
                "a<!-- <p>12</p> -->b | a b",
                "a<script>never closed | a",
                "a < b | a",
                "&lt;a&gt; &amp;lt; &quot;b&quot;&nbsp;c | <a> &lt; \"b\" c"
            })
    void only_what_people_see_is_text(String page, String text) {
        assertThat(WebPage.of(page).flatText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<p>Your Request Id is 12. Ask in 3 days.</p> | 12",
                "<p>Die Anforderungskennung lautet 12.</p> | 12",
                "<p>Nr. 12, noch einmal 12</p> | 12",
                "<p>12 or 13</p> | none",
                "<p>0x80094012 at 10:15, v1.2, a12</p> | none"
            })
    void a_number_counts_where_it_is_named_or_the_only_one(String page, String number) {
        assertThat(WebPage.of(page).requestNumber().orElse("none")).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script ", "<", "<!--", "\t", "Disposition message:", "The disposition message is", "1 2 "})
    @Timeout(10)
    void pages_that_are_made_to_take_long_do_not(String part) {
        String page = part.repeat(1024 * 1024 / part.length());
        long before = System.nanoTime();
        assertThat(WebPage.of(page).saysDenied()).isFalse();
        assertThat(WebPage.of(page).requestNumber()).isNotPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void only_a_link_to_the_certificate_means_issued() {
        assertThat(WebPage.of("<script>location=\"certnew.cer?ReqID=7&Enc=b64\"</script>")
                        .issuedNumber())
                .contains("7");
        assertThat(WebPage.of("<p>Certificate Issued, Your Request Id is 7.</p>")
                        .issuedNumber())
                .isEmpty();
    }
}
