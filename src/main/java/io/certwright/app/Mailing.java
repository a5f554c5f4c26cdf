package io.certwright.app;

import io.certwright.alert.AlertSender;
import io.certwright.alert.Channel;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Channels;
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
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

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
