package io.certwright.alert.mail;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSender;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.alert.TimeWords;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;

/** Hands digests to a mail server, each over a connection of its own. Safe for several threads. */
public final class MailSender implements AlertSender {
    private final MailSettings settings;
    private final MailLimits limits;
    private final SSLSocketFactory tls;
    private final TimeWords times;
    private final Clock clock;
    private final Credentials credentials;

    /**
     * @param tls trusts what the mail server may show; see {@link ChannelTrust}
     * @param zone of the times that people read
     */
    public MailSender(MailSettings settings, MailLimits limits, SSLSocketFactory tls, ZoneId zone, Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.tls = tls;
        this.times = new TimeWords(zone);
        this.clock = clock;
        this.credentials = new Credentials(settings.login(), new AccessTokens(limits.whole()), clock);
    }

    @Override
    public void send(Digest digest) throws LifecycleException {
        SmtpConnection connection = new SmtpConnection(settings, limits, tls, credentials.fetch());
        DigestMessage message = compose(digest, connection);
        try {
            connection.send(message, new InternetAddress(digest.to().address()));
        } catch (MessagingException failure) {
            credentials.forget();
            throw new SmtpFailure(settings, limits, digest.to())
                    .explain(failure, connection.isCutOff(), message.isWritten());
        }
    }

    /** Sends one mail that says that mail works; the answer is a sentence for who asked. */
    public String test(Recipient to, RandomGenerator random) throws LifecycleException {
        Instant now = clock.instant();
        AlertKey key = AlertKey.of("alerts test", AlertKind.RECOVERED, now.toString());
        Alert alert = new Alert(
                key,
                AlertSeverity.NOTE,
                "Certwright can mail you",
                "Somebody asked Certwright for a test mail at " + times.moment(now) + ". It came to you by "
                        + settings.server() + ".",
                "Certwright mails you when a certificate needs a person.",
                List.of("certwright alerts list"),
                now);
        send(new Digest(new UUID(random.nextLong(), random.nextLong()), to, List.of(alert)));
        return "mail server " + settings.server() + " took a test mail to " + to;
    }

    /** Connects, encrypts and logs in as for a mail, and sends none; the answer is a sentence for who asked. */
    public String reach() throws LifecycleException {
        SmtpConnection connection = new SmtpConnection(settings, limits, tls, credentials.fetch());
        try {
            connection.reach();
        } catch (MessagingException failure) {
            throw new SmtpFailure(settings, limits, settings.from()).explain(failure, connection.isCutOff(), false);
        }
        return "mail server " + settings.server() + " answers";
    }

    private DigestMessage compose(Digest digest, SmtpConnection connection) throws LifecycleException {
        try {
            return DigestMessage.of(digest.in(times), settings.from(), connection.session(), times, clock.instant());
        } catch (MessagingException | IOException impossible) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "MAIL_NOT_COMPOSED",
                    "mail to " + digest.to() + " could not be composed: " + impossible,
                    impossible);
        }
    }
}
