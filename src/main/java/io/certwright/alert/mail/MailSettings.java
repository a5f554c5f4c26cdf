package io.certwright.alert.mail;

import io.certwright.alert.Recipient;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import java.util.Optional;

/** {@code alerts.mail:} of the settings: the server, the sender's address, and who we are there, if it asks. */
public record MailSettings(MailServer server, Recipient from, Optional<Login> login) {
    /** Who we are at the mail server; the password goes only over a protected connection. */
    public record Login(String user, SecretText password) {}

    public MailSettings {
        if (login.isPresent() && !server.protection().isCertain()) {
            throw new IllegalArgumentException("got a password for " + server
                    + " without certain encryption, wanted ?starttls=required or smtps://, or no user and password");
        }
    }

    /** Reads {@code mail} within {@code alerts}; empty if it is absent or anything in it is wrong. */
    public static Optional<MailSettings> read(ConfigMapping alerts) {
        return alerts.mapping("mail").flatMap(MailSettings::readMail);
    }

    private static Optional<MailSettings> readMail(ConfigMapping mail) {
        Optional<MailServer> server = mail.requiredValue("smtp", MailServer::parse);
        Optional<Recipient> from = mail.requiredValue("from", Recipient::parse);
        Optional<String> user = mail.text("user");
        Optional<SecretText> password = mail.secret("password");
        if (user.isPresent() && !mail.has("password")) {
            mail.fault("user", "got a user without a password, wanted both or neither");
        }
        if (mail.has("password") && user.isEmpty()) {
            mail.fault("password", "got a password without a user, wanted both or neither");
        }
        return mail.build(() -> new MailSettings(
                server.orElseThrow(),
                from.orElseThrow(),
                user.flatMap(name -> password.map(secret -> new Login(name, secret)))));
    }
}
