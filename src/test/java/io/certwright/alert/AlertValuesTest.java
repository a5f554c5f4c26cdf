package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.ValidityPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of alerts check themselves. */
final class AlertValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pki@contoso.com",
                "first.last+tag@mail.contoso.com",
                "o'neil@contoso.com",
                "root@localhost",
                "a@xn--bcher-kva.example"
            })
    void takes_an_ordinary_mail_address(String address) {
        assertThat(Recipient.parse(" " + address + " ").address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pki",
                "@contoso.com",
                "pki@",
                "a b@contoso.com",
                "pki@contoso.com\r\nBcc: all@contoso.com",
                "pki@contoso.com\n",
                "pki@con toso.com",
                "\"a b\"@contoso.com",
                "<pki@contoso.com>",
                "Anna <pki@contoso.com>",
                "a@b@contoso.com",
                ".a@contoso.com",
                "a..b@contoso.com",
                "a@*.contoso.com",
                "a@[127.0.0.1]",
                "a@127.0.0.1",
                "bücher@contoso.com",
                "a@bücher.example",
                "a,b@contoso.com",
                "a@contoso.com,b@contoso.com",
                "\u200Ea@contoso.com"
            })
    void refuses_what_is_no_plain_mail_address(String address) {
        assertThatThrownBy(() -> new Recipient(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mail address: got \"")
                .hasMessageEndingWith(", wanted one such as pki@contoso.com")
                .hasMessageNotContainingAny("\r", "\n");
    }

    @Test
    void moments_within_a_text_are_told_in_the_readers_zone_and_commands_stay() {
        TimeWords berlin = new TimeWords(ZoneId.of("Europe/Berlin"));
        Alert alert = Alert.of(
                AlertKey.of("wsus01", AlertKind.WAITING_LONG, "r1"),
                "wsus01: waits until 2026-07-01T22:30:00Z",
                "Since 2026-12-01T12:00:00.123456Z, not 2026-13-41T99:00:00Z.",
                "",
                List.of("certwright check wsus01 --at 2026-07-01T22:30:00Z"),
                Instant.EPOCH);

        Alert local = alert.in(berlin);

        assertThat(local.sentence()).isEqualTo("wsus01: waits until Thu 2 Jul 2026, 00:30 CEST");
        assertThat(local.whatHappened()).isEqualTo("Since Tue 1 Dec 2026, 13:00 CET, not 2026-13-41T99:00:00Z.");
        assertThat(local.commands()).isEqualTo(alert.commands());
    }

    @Test
    void refuses_a_mail_address_that_is_too_long() {
        String domain = ("a".repeat(60) + ".").repeat(3) + "com";

        assertThat(new Recipient("a".repeat(64) + "@" + domain).domain()).isEqualTo(domain);
        assertThatThrownBy(() -> new Recipient("a".repeat(65) + "@" + domain))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_mailbox_is_one_recipient_whatever_the_case_of_its_domain() {
        assertThat(new Recipient("PKI@Contoso.COM")).isEqualTo(new Recipient("PKI@contoso.com"));
    }

    @ParameterizedTest
    @CsvSource({"30d, 30d", "12h, 12h", "36h, 1d 12h", "1d12h, 1d 12h", "90m, 1h 30m", "25%, 25%", "07d, 7d"})
    void reads_a_threshold_and_names_its_stage_in_one_way(String text, String stage) {
        assertThat(AlertThreshold.parse(text).stage()).isEqualTo(stage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "d", "-30d", "2.5d", "%", "d30", "101%"})
    void refuses_what_is_no_threshold(String text) {
        assertThatThrownBy(() -> AlertThreshold.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("got \"" + text + "\", wanted ");
    }

    @ParameterizedTest
    @CsvSource({"0d, 0s", "59s, 59s", "3651d, 3651d", "0.9%, 0.9%", "100%, 100%"})
    void refuses_a_threshold_out_of_range(String text, String shown) {
        assertThatThrownBy(() -> AlertThreshold.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alert threshold: got " + shown
                        + ", wanted 1m to 3650d before expiry, or 1% to 99% of the lifetime");
    }

    @Test
    void a_threshold_is_crossed_that_long_before_the_end() {
        ValidityPeriod hundredDays = new ValidityPeriod(NOON, NOON.plus(Duration.ofDays(100)));

        assertThat(AlertThreshold.parse("30d").crossedAt(hundredDays)).isEqualTo(NOON.plus(Duration.ofDays(70)));
        assertThat(AlertThreshold.parse("25%").crossedAt(hundredDays)).isEqualTo(NOON.plus(Duration.ofDays(75)));
    }

    @Test
    void thresholds_stand_once_each_and_are_at_least_one() {
        assertThat(Thresholds.of("1d", "24h", "50%").list()).hasSize(2);
        assertThatThrownBy(() -> new Thresholds(List.of()))
                .hasMessage("alert thresholds: got 0, wanted 1 to 32 such as 30d or 25%");
    }

    @Test
    void a_sentence_from_elsewhere_stays_one_line_that_hides_nothing() {
        Alert alert = Alerts.expiry("wsus01", "7d", NOON);
        Alert mended = Alert.of(
                alert.key(),
                "CA said:\r\nBcc: all@contoso.com\u2028\u202Etxt\u0000 שלום 🔒",
                "one\r\ntwo\u0007",
                "next",
                List.of("certwright\nrm -rf /"),
                NOON);

        assertThat(mended.sentence()).isEqualTo("CA said: Bcc: all@contoso.com txt שלום 🔒");
        assertThat(mended.whatHappened()).isEqualTo("one\ntwo");
        assertThat(mended.commands()).containsExactly("certwright rm -rf /");
    }

    @Test
    void cuts_a_sentence_that_nobody_would_read_to_its_end() {
        Alert alert = Alerts.expiry("wsus01", "7d", NOON);
        Alert cut = Alert.of(alert.key(), "🔒".repeat(1000), "x".repeat(100_000), "", List.of(), NOON);

        assertThat(cut.sentence()).isEqualTo("🔒".repeat(299) + "…");
        assertThat(cut.whatHappened()).hasSize(8_000);
    }

    @Test
    void refuses_an_alert_without_news() {
        AlertKey key = AlertKey.of("wsus01", AlertKind.DENIED, "r1");

        assertThatThrownBy(() -> Alert.of(key, " \n", "", "", List.of(), NOON))
                .hasMessage("alert about wsus01: got no sentence, wanted the news on one line");
    }

    @Test
    void refuses_a_key_that_could_break_a_line() {
        assertThatThrownBy(() -> AlertKey.of("wsus01\n", AlertKind.DENIED, "r1"))
                .hasMessage("alert subject: got \"wsus01\\u000a\", wanted 1 to 300 characters on one line,"
                        + " without control characters");
        assertThatThrownBy(() -> AlertKey.of("wsus01", AlertKind.DENIED, ""))
                .hasMessage(
                        "alert stage: got \"\", wanted 1 to 200 characters on one line, without control characters");
        assertThatThrownBy(() -> new AlertKey("wsus01", "xyz", AlertKind.DENIED, "r1"))
                .hasMessageStartingWith("thumbprint: got \"xyz\"");
    }

    @Test
    void a_digest_leads_with_the_most_severe_alert_and_counts_the_others() {
        Alert mild = Alerts.expiry("a", "30d", NOON);
        Alert grave = Alert.of(
                AlertKey.of("b", AlertKind.RESTORE_FAILED, "r1"), "b: serves nothing", "", "", List.of(), NOON);

        assertThat(new Digest(new UUID(0, 1), ANNA, List.of(mild)).subject())
                .isEqualTo("a: certificate expires in 30d");
        Digest both = new Digest(new UUID(0, 1), ANNA, List.of(mild, grave));
        assertThat(both.subject()).isEqualTo("b: serves nothing (and 1 more)");
        assertThat(both.severity()).isEqualTo(AlertSeverity.CRITICAL);
        assertThatThrownBy(() -> new Digest(new UUID(0, 1), ANNA, List.of()))
                .hasMessage("digest to anna@contoso.com: got no alert, wanted at least one");
    }

    @Test
    void says_times_as_people_read_them() {
        TimeWords berlin = new TimeWords(ZoneId.of("Europe/Berlin"));
        Instant summer = Instant.parse("2027-07-05T22:30:00Z");

        assertThat(berlin.day(NOON)).isEqualTo("Tue 1 Dec 2026");
        assertThat(berlin.moment(NOON)).isEqualTo("Tue 1 Dec 2026, 13:00 CET");
        assertThat(berlin.moment(summer)).isEqualTo("Tue 6 Jul 2027, 00:30 CEST");
    }

    @ParameterizedTest
    @CsvSource({
        "P13D, 13 days",
        "PT49H, 2 days",
        "PT47H, 47 hours",
        "PT2H, 2 hours",
        "PT119M, 119 minutes",
        "PT1M, 1 minute",
        "PT0S, 0 minutes",
        "-P3D, 3 days"
    })
    void says_a_span_in_one_unit(Duration span, String words) {
        assertThat(TimeWords.span(span)).isEqualTo(words);
    }
}
