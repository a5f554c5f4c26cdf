package io.certwright.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.certwright.alert.Alert;
import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Channels;
import io.certwright.alert.Dispatched;
import io.certwright.alert.Recipient;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From the outbox into the mailbox of a mail server that others wrote. */
final class GreenMailTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Recipient ANNA = new Recipient("anna@contoso.com");

    @Test
    void a_digest_arrives_as_one_mail() throws Exception {
        GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailbox.start();
        try {
            MemoryAlertOutbox outbox = new MemoryAlertOutbox();
            outbox.offer(alert("wsus01", AlertSeverity.WARNING, "läuft in 13 Tagen ab"), ANNA);
            outbox.offer(alert("wsus02", AlertSeverity.CRITICAL, "serves nothing 🔥"), ANNA);
            int port = mailbox.getSmtp().getPort();
            MovableClock clock = new MovableClock(NOON);
            MailSender sender = new MailSender(
                    new MailSettings(
                            MailServer.parse("smtp://127.0.0.1:" + port + "?starttls=optional"),
                            new Recipient("pki@contoso.com"),
                            Optional.empty()),
                    MailLimits.standard(),
                    ChannelTrust.systemAnd(List.of()).getSocketFactory(),
                    ZoneId.of("Europe/Berlin"),
                    clock);

            Dispatched dispatched = new AlertDispatch(outbox, Channels.byMail(sender), new Random(1), clock).run();

            assertThat(dispatched).isEqualTo(new Dispatched(1, 2, List.of()));
            assertThat(mailbox.getReceivedMessages()).hasSize(1);
            MimeMessage mail = mailbox.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("wsus02: serves nothing 🔥 (and 1 more)");
            assertThat(mail.getHeader("Importance")).containsExactly("high");
        } finally {
            mailbox.stop();
        }
    }

    private static Alert alert(String subject, AlertSeverity severity, String news) {
        AlertKey key = AlertKey.of(subject, AlertKind.EXPIRY, "14d");
        return new Alert(key, severity, subject + ": " + news, "", "", List.of(), NOON);
    }
}
