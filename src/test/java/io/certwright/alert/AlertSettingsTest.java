package io.certwright.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.mail.LoginSecret;
import io.certwright.alert.mail.MailServer;
import io.certwright.alert.mail.MailSettings;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code alerts:} of the settings, both its parts. */
final class AlertSettingsTest {
    private final Faults faults = new Faults();

    @Test
    void reads_the_annotated_example() {
        ConfigMapping alerts = new SettingsFile(
                        Path.of("config/certwright.example.yml"), Map.of("SMTP_PASSWORD", "hunter2"))
                .read(faults)
                .orElseThrow()
                .section("alerts");

        MailSettings mail = MailSettings.read(alerts).orElseThrow();
        AlertSettings settings = AlertSettings.read(alerts).orElseThrow();

        assertThat(faults.list()).isEmpty();
        assertThat(settings)
                .isEqualTo(new AlertSettings(
                        List.of(new Recipient("wsus-admins@contoso.com")),
                        Thresholds.standard(),
                        Duration.ofDays(2),
                        ZoneId.of("Europe/Berlin"),
                        new DeliverySettings(
                                new QuietHours(List.of(
                                        QuietHours.span("daily 20:00-07:00", ZoneId.of("Europe/Berlin")),
                                        QuietHours.span("Sat,Sun 00:00-00:00", ZoneId.of("Europe/Berlin")))),
                                new Escalation(
                                        Map.of(AlertSeverity.CRITICAL, List.of(new Recipient("oncall@contoso.com")))),
                                Duration.ofHours(6))));
        assertThat(mail.server()).isEqualTo(new MailServer("mail.contoso.com", 587, MailServer.Protection.STARTTLS));
        assertThat(mail.login().orElseThrow().user()).isEqualTo("pki");
        assertThat(mail.toString()).doesNotContain("hunter2");
    }

    @Test
    void has_defaults_for_everything() {
        ConfigMapping alerts = alerts("other: 1");

        assertThat(MailSettings.read(alerts)).isEmpty();
        assertThat(AlertSettings.read(alerts))
                .contains(new AlertSettings(
                        List.of(), Thresholds.standard(), Duration.ofDays(2), ZoneId.systemDefault()));
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void tells_every_fault_where_it_stands() {
        ConfigMapping alerts = alerts("""
                alerts:
                  mail:
                    smtp: mail.contoso.com
                    user: pki
                  to: [pki@contoso.com, "a b@contoso.com"]
                  thresholds: [30d, soon, 0d]
                  zone: Middle-Earth/Shire
                  tresholds: [1d]
                """);

        assertThat(MailSettings.read(alerts)).isEmpty();
        assertThat(AlertSettings.read(alerts)).isEmpty();

        assertThat(faults.list().stream().map(Fault::toString))
                .satisfiesExactly(
                        fault -> assertThat(fault).isEqualTo("c.yml:2:3: alerts.mail.from: is missing, wanted a value"),
                        fault -> assertThat(fault)
                                .startsWith("c.yml:3:11: alerts.mail.smtp: ")
                                .contains("got \"mail.contoso.com\", wanted smtp://HOST:PORT"),
                        fault -> assertThat(fault)
                                .isEqualTo(
                                        "c.yml:4:11: alerts.mail.user: got a user without a password, wanted both or neither"),
                        fault -> assertThat(fault)
                                .startsWith("c.yml:5:25: alerts.to[1]: ")
                                .contains("got \"a b@contoso.com\", wanted one such as pki@contoso.com"),
                        fault ->
                                assertThat(fault).startsWith("c.yml:6:21: alerts.thresholds[1]: got \"soon\", wanted "),
                        fault -> assertThat(fault)
                                .startsWith("c.yml:6:27: alerts.thresholds[2]: ")
                                .contains("got 0s, wanted 1m to 3650d before expiry"),
                        fault -> assertThat(fault).startsWith("c.yml:7:9: alerts.zone: "),
                        fault -> assertThat(fault)
                                .startsWith("c.yml:8:3: alerts.tresholds: unknown key")
                                .contains("thresholds"));
    }

    @Test
    void reads_quiet_hours_escalation_and_heartbeat() {
        AlertSettings settings = AlertSettings.read(alerts("""
                alerts:
                  to: [pki@contoso.com]
                  zone: Europe/Berlin
                  quiet: ["daily 20:00-07:00", "Sat,Sun 00:00-00:00"]
                  escalate: { urgent: [anna@contoso.com], critical: [boss@contoso.com, anna@contoso.com] }
                  heartbeat: 3h
                """)).orElseThrow();

        assertThat(faults.list()).isEmpty();
        DeliverySettings delivery = settings.delivery();
        assertThat(delivery.quiet().spans())
                .extracting(Object::toString)
                .containsExactly("daily 20:00-07:00 Europe/Berlin", "Sat,Sun 00:00-00:00 Europe/Berlin");
        assertThat(delivery.escalation().from().get(AlertSeverity.URGENT))
                .containsExactly(new Recipient("anna@contoso.com"));
        assertThat(delivery.heartbeat()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void tells_what_is_wrong_with_the_ways_of_delivery() {
        assertThat(AlertSettings.read(alerts("""
                alerts:
                  quiet: nights
                  escalate: { urgent: nobody, note: a@contoso.com }
                  heartbeat: 5m
                """))).isEmpty();

        assertThat(faults.list().stream().map(Fault::toString))
                .satisfiesExactly(
                        fault -> assertThat(fault)
                                .startsWith("c.yml:2:10: alerts.quiet[0]: ")
                                .contains("got \"nights"),
                        fault -> assertThat(fault)
                                .contains("alerts.escalate.urgent[0]: ")
                                .contains("got \"nobody\""),
                        fault -> assertThat(fault).contains("alerts.escalate.note: unknown key"),
                        fault -> assertThat(fault)
                                .isEqualTo("c.yml:4:14: alerts.heartbeat: got less than an hour, wanted at least 1h,"
                                        + " for looks come every 15 minutes"));
    }

    @Test
    void wants_somebody_to_mail_to_where_mail_is_set_up() {
        ConfigMapping alerts = alerts("alerts: { mail: { smtp: 'smtp://mail.contoso.com', from: pki@contoso.com } }");

        assertThat(MailSettings.read(alerts)).isPresent();
        assertThat(AlertSettings.read(alerts)).isEqualTo(Optional.empty());
        assertThat(faults.list().stream().map(Fault::toString))
                .containsExactly("c.yml:1:1: alerts: to is missing, wanted at least one mail address,"
                        + " because mail is set up");
    }

    @Test
    void logs_in_by_a_password_or_by_one_kind_of_token() {
        MailSettings byCommand = MailSettings.read(alerts("""
                alerts:
                  mail:
                    smtp: "smtp://smtp.office365.com"
                    from: pki@contoso.com
                    user: pki@contoso.com
                    token-command: [az, account, get-access-token, --query, accessToken]
                """)).orElseThrow();
        assertThat(byCommand.login().orElseThrow().secret())
                .isEqualTo(new LoginSecret.TokenCommand(
                        List.of("az", "account", "get-access-token", "--query", "accessToken")));

        assertThat(MailSettings.read(alerts("""
                alerts:
                  mail: { smtp: "smtp://m.contoso.com", from: a@contoso.com, user: a, password: p, token-file: t }
                """))).isEmpty();
        assertThat(MailSettings.read(alerts("""
                alerts:
                  mail: { smtp: "smtp://m.contoso.com", from: a@contoso.com, token-file: t }
                """))).isEmpty();
        assertThat(faults.list().stream().map(Fault::toString))
                .containsExactly(
                        "c.yml:2:3: alerts.mail: got more than one of password, token-file and token-command, wanted one",
                        "c.yml:2:3: alerts.mail: got a token without a user, wanted both or neither");
    }

    @Test
    void sends_no_password_where_anybody_can_read_it() {
        ConfigMapping alerts = alerts("""
                alerts:
                  mail: { smtp: "smtp://mail.contoso.com?starttls=optional", from: pki@contoso.com, user: pki, password: p }
                  to: pki@contoso.com
                """);

        assertThat(MailSettings.read(alerts)).isEmpty();
        assertThat(faults.list().stream().map(Fault::toString))
                .containsExactly("c.yml:2:3: alerts.mail: got a password for mail.contoso.com:587 without certain"
                        + " encryption, wanted ?starttls=required or smtps://, or no user and password");
    }

    private ConfigMapping alerts(String yaml) {
        return new SettingsFile(Path.of("c.yml"), Map.of())
                .parse(yaml, faults)
                .orElseThrow()
                .section("alerts");
    }
}
