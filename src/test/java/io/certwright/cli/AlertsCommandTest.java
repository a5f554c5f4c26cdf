package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.AlertSender;
import io.certwright.alert.Channels;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertsCommandTest {
    private static final String NL = System.lineSeparator();
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Recipient ANNA = new Recipient("anna@contoso.com");
    private static final Recipient BEN = new Recipient("ben@contoso.com");
    private static final String AT_NOON = LocalTimes.here().moment(NOON);

    private final MovableClock clock = new MovableClock(NOON);
    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final List<Digest> sent = new ArrayList<>();
    private Optional<AlertSender> sender = Optional.of(sent::add);

    private Run run(String... words) {
        return Run.of(
                OpenedHouse.of(new ClosedRooms() {
                    @Override
                    public Clock clock() {
                        return clock;
                    }

                    @Override
                    public AlertOutbox outbox() {
                        return outbox;
                    }

                    @Override
                    public Optional<AlertDispatch> dispatch() {
                        return sender.map(way -> new AlertDispatch(outbox, Channels.byMail(way), new Random(1), clock));
                    }

                    @Override
                    public String testMail(Recipient to) {
                        return "mail server mail.contoso.com:587 took a test mail to " + to;
                    }
                }),
                words);
    }

    private void offerTo(Recipient... people) {
        Alert alert = Alert.of(
                AlertKey.of("wsus01", new Thumbprint("%040X".formatted(1)), AlertKind.EXPIRY, "14d"),
                "wsus01: certificate expires in 13 days",
                "It ends.",
                "Clients will refuse.",
                List.of("certwright renew wsus01"),
                NOON);
        for (Recipient person : people) {
            outbox.offer(alert, person);
        }
    }

    @Test
    void lists_what_waits_to_be_mailed() {
        offerTo(ANNA);

        assertThat(run("alerts", "list"))
                .isEqualTo(new Run(
                        0,
                        "ID  SEVERITY  TO                MAIL                            ALERT" + NL
                                + " 1  warning   anna@contoso.com  due " + AT_NOON
                                + "  wsus01: certificate expires in 13 days" + NL,
                        ""));
        assertThat(run("alerts", "list", "--json").out())
                .isEqualTo("{\"alerts\":[{\"id\":1,\"subject\":\"wsus01\","
                        + "\"thumbprint\":\"0000000000000000000000000000000000000001\",\"kind\":\"EXPIRY\","
                        + "\"stage\":\"14d\",\"severity\":\"WARNING\","
                        + "\"message\":\"wsus01: certificate expires in 13 days\",\"to\":\"anna@contoso.com\","
                        + "\"noticedAt\":\"2026-12-01T12:00:00Z\",\"attempts\":0,\"givenUp\":false,"
                        + "\"nextTry\":\"2026-12-01T12:00:00Z\"}]}" + NL);
    }

    @Test
    void says_that_nothing_is_open() {
        assertThat(run("alerts", "list")).isEqualTo(new Run(0, "no open alerts" + NL, ""));
    }

    @Test
    void says_that_no_mail_goes_out_without_a_mail_server() {
        offerTo(ANNA);
        sender = Optional.empty();

        assertThat(run("alerts", "list").err())
                .isEqualTo(
                        "Nothing goes out, because the settings name neither mail server nor webhook: add alerts.mail or alerts.webhook."
                                + NL);
        assertThat(run("alerts", "send"))
                .isEqualTo(new Run(
                        1,
                        "",
                        "certwright: alerts: nothing was sent, because the settings name neither mail server nor webhook;"
                                + " add alerts.mail with smtp and from, and alerts.to, or alerts.webhook" + NL));
    }

    @Test
    void sends_what_is_not_delivered_yet() {
        offerTo(ANNA, BEN);

        assertThat(run("alerts", "send")).isEqualTo(new Run(0, "2 mails with 2 alerts sent" + NL, ""));
        assertThat(sent).extracting(Digest::to).containsExactlyInAnyOrder(ANNA, BEN);
        assertThat(run("alerts", "list").out()).contains("sent " + AT_NOON).doesNotContain("due");
        assertThat(run("alerts", "send", "--json"))
                .isEqualTo(new Run(0, "{\"mails\":0,\"alerts\":0,\"failures\":[]}" + NL, ""));
    }

    @Test
    void a_mail_server_out_of_reach_is_tried_again_and_says_so_by_its_exit_code() {
        offerTo(ANNA);
        for (FailureKind kind : List.of(FailureKind.UNREACHABLE, FailureKind.THROTTLED)) {
            sender = Optional.of(digest -> {
                throw new LifecycleException(kind, "MAIL", "mail server mail.contoso.com:587 takes no connection");
            });

            assertThat(run("alerts", "send"))
                    .isEqualTo(new Run(
                            5,
                            "0 mails with 0 alerts sent" + NL
                                    + "not sent: alerts to anna@contoso.com: mail server mail.contoso.com:587 takes no connection"
                                    + NL,
                            ""));
        }
    }

    @Test
    void names_each_mail_that_did_not_go_out() {
        offerTo(ANNA, BEN);
        sender = Optional.of(this::refuseBen);

        assertThat(run("alerts", "send"))
                .isEqualTo(new Run(
                        1,
                        "1 mail with 1 alert sent" + NL + "not sent: alerts to ben@contoso.com: no such mailbox" + NL,
                        ""));
        assertThat(run("alerts", "list").out()).contains("(no such mailbox)");
    }

    private void refuseBen(Digest digest) throws LifecycleException {
        if (digest.to().equals(BEN)) {
            throw new LifecycleException(FailureKind.REFUSED, "MAIL_REFUSED", "no such mailbox");
        }
        sent.add(digest);
    }

    @Test
    void silences_an_alert_for_all_who_get_it() {
        offerTo(ANNA, BEN);

        assertThat(run("alerts", "ack", "2")).isEqualTo(new Run(0, "alert 2 is silent until its next stage" + NL, ""));
        assertThat(run("alerts", "list").out()).isEqualTo("no open alerts" + NL);
        assertThat(run("alerts", "ack", "7"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: alert 7: there is none of this number;"
                                + " \"certwright alerts list\" shows those there are" + NL));
    }

    @Test
    void sends_a_test_mail_to_an_address_that_may_be_one() {
        assertThat(run("alerts", "test", "--to", "anna@contoso.com"))
                .isEqualTo(
                        new Run(0, "mail server mail.contoso.com:587 took a test mail to anna@contoso.com" + NL, ""));
        assertThat(run("alerts", "test", "--to", "webhook"))
                .isEqualTo(new Run(0, "mail server mail.contoso.com:587 took a test mail to webhook" + NL, ""));
        assertThat(run("alerts", "test", "--to", "anna\r\nBcc: eve"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: --to: mail address: got \"anna\\u000d\\u000aBcc: eve\", wanted one such as pki@contoso.com"
                                + NL));
    }
}
