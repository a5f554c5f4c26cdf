package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "30d,P30D,30d",
        "12h,PT12H,12h",
        "45m,PT45M,45m",
        "90s,PT90S,1m 30s",
        "2w,P14D,14d",
        "1d 12h 30m,PT36H30M,1d 12h 30m",
        "1d12h,PT36H,1d 12h",
        "' 7d ',P7D,7d",
        "0s,PT0S,0s",
        "36525d,P36525D,36525d"
    })
    void reads_and_writes_durations(String text, Duration duration, String written) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "30",
                "d",
                "30 d",
                "1h 1d",
                "1d 1d",
                "-1d",
                "1.5h",
                "P30D",
                "30D",
                "9999999999d",
                "30d\n30d",
                "٣d"
            })
    void refuses_what_is_no_duration(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("got \"")
                .hasMessageEndingWith("\", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h");
    }

    @ParameterizedTest
    @CsvSource({
        "25%,P25D,25%",
        "12.5%,PT300H,12.5%",
        "0%,PT0S,0%",
        "100%,P100D,100%",
        "30d,P30D,30d",
        "0.1 %,PT2H24M,0.1%"
    })
    void takes_a_share_of_the_lifetime_or_a_fixed_time(String text, Duration ofHundredDays, String written) {
        DurationOrShare parsed = DurationOrShare.parse(text);

        assertThat(parsed.of(Duration.ofDays(100))).isEqualTo(ofHundredDays);
        assertThat(parsed).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "-1%", "100.1%", "12.55%", "1000%", "half%"})
    void refuses_what_is_no_share(String text) {
        assertThatThrownBy(() -> DurationOrShare.parse(text))
                .hasMessage(
                        "got \"" + text + "\", wanted a share of the lifetime from 0% to 100%, such as 25% or 12.5%");
    }

    @Test
    void refuses_values_outside_their_range() {
        assertThatThrownBy(() -> new LifetimeShare(1001)).hasMessage("share: got 1001 thousandths, wanted 0 to 1000");
        assertThatThrownBy(() -> new FixedDuration(Duration.ofSeconds(-1)))
                .hasMessage("duration: got PT-1S, wanted none below zero");
        assertThatThrownBy(() -> new Position("c", 0, 1))
                .hasMessage("position: got line 0 and column 1, wanted both from 1, or both 0 for the whole file");
    }

    @Test
    void secrets_show_nothing_and_compare_by_their_text() {
        SecretText secret = SecretText.of("hunter2");

        assertThat(secret)
                .hasToString("***")
                .isEqualTo(SecretText.of("hunter2"))
                .isNotEqualTo(SecretText.of("hunter3"));
        assertThat(secret).hasSameHashCodeAs(SecretText.of("other"));
        assertThat(secret.reveal()).isEqualTo("hunter2".toCharArray());
        secret.reveal()[0] = 'x';
        assertThat(secret.reveal()).isEqualTo("hunter2".toCharArray());
        assertThatThrownBy(() -> SecretText.of("")).hasMessage("secret: got nothing, wanted at least one character");
    }

    @Test
    void masks_passwords_within_urls() {
        assertThat(UrlSecrets.mask("smtp://pki:p:w@mail:25 and jdbc:postgresql://db/c?user=x&password=pw&ssl=true"))
                .isEqualTo("smtp://pki:***@mail:25 and jdbc:postgresql://db/c?user=x&password=***&ssl=true");
        assertThat(UrlSecrets.mask("https://ca:8443/a@b")).isEqualTo("https://ca:8443/a@b");
    }

    @ParameterizedTest
    @CsvSource({
        "prot,port",
        "friendly_name,friendly-name",
        "frendlyname,friendly-name",
        "Port,port",
        "thresholds,threshold",
        "dsn,dns"
    })
    void guesses_the_word_that_was_meant(String got, String meant) {
        assertThat(Words.closest(got, List.of("dns", "port", "threshold", "friendly-name")))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "colour", "", "p"})
    void guesses_nothing_where_no_word_is_close(String got) {
        assertThat(Words.closest(got, List.of("dns", "port", "threshold"))).isEmpty();
    }
}
