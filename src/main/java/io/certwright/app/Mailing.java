package io.certwright.app;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSender;
import io.certwright.alert.Channel;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Channels;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.alert.mail.MailLimits;
import io.certwright.alert.mail.MailSender;
import io.certwright.alert.mail.MailSettings;
import io.certwright.alert.webhook.WebhookLimits;
import io.certwright.alert.webhook.WebhookSender;
import io.certwright.alert.webhook.WebhookSettings;
import io.certwright.app.settings.Settings;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The mail server and the webhook of the settings, ready to send; they may be certified by an anchor of the settings, too. */
final class Mailing {
    private Mailing() {}

    /** All that the settings name; none is possible. */
    static Channels channels(Settings settings, Clock clock) throws LifecycleException {
        Map<Channel, AlertSender> senders = new EnumMap<>(Channel.class);
        if (settings.alerts().mail().isPresent()) {
            senders.put(Channel.MAIL, sender(settings, clock));
        }
        Optional<WebhookSettings> webhook = settings.alerts().webhook();
        if (webhook.isPresent()) {
            senders.put(
                    Channel.WEBHOOK,
                    new WebhookSender(
                            webhook.get(),
                            WebhookLimits.standard(),
                            ChannelTrust.systemAnd(settings.trustAnchors()),
                            clock));
        }
        return new Channels(senders, settings.alerts().rules().delivery().quiet());
    }

    /** Sends one message that says that the channel works; the answer is a sentence for who asked. */
    static String test(Settings settings, Recipient to, Clock clock, RandomGenerator random) throws LifecycleException {
        if (to.channel() == Channel.MAIL) {
            return sender(settings, clock).test(to, random);
        }
        AlertSender webhook = Optional.ofNullable(
                        channels(settings, clock).senders().get(Channel.WEBHOOK))
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "NO_WEBHOOK",
                        "webhook: the settings name none; add alerts.webhook with url and secret"));
        Instant now = clock.instant();
        Alert alert = Alert.of(
                AlertKey.of("alerts test", AlertKind.RECOVERED, now.toString()),
                "Certwright can reach this webhook",
                "Somebody asked Certwright for a test message.",
                "Certwright sends a message when a certificate needs a person.",
                List.of("certwright alerts list"),
                now);
        webhook.send(new Digest(new UUID(random.nextLong(), random.nextLong()), to, List.of(alert)));
        return "webhook took a test message";
    }

    static MailSender sender(Settings settings, Clock clock) throws LifecycleException {
        MailSettings mail = settings.alerts()
                .mail()
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "NO_MAIL_SERVER",
                        "mail: the settings name no mail server; add alerts.mail with smtp and from, and alerts.to"));
        return new MailSender(
                mail,
                MailLimits.standard(),
                ChannelTrust.systemAnd(settings.trustAnchors()).getSocketFactory(),
                settings.alerts().rules().zone(),
                clock);
    }
}
