package io.certwright.app;

import io.certwright.alert.mail.MailLimits;
import io.certwright.alert.mail.MailSender;
import io.certwright.alert.mail.MailSettings;
import io.certwright.alert.mail.MailTrust;
import io.certwright.app.settings.Settings;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Clock;

/** The mail server of the settings, ready to send; it may be certified by an anchor of the settings, too. */
final class Mailing {
    private Mailing() {}

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
                MailTrust.systemAnd(settings.trustAnchors()),
                settings.alerts().rules().zone(),
                clock);
    }
}
