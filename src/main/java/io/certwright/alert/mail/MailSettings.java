package io.certwright.alert.mail;

import io.certwright.alert.Recipient;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code alerts.mail:} of the settings: the server, the sender's address, and who we are there, if it asks. */
public record MailSettings(MailServer server, Recipient from, Optional<Login> login) {
    /** Who we are at the mail server; the secret goes only over a protected connection. */
    public record Login(String user, LoginSecret secret) {
        public Login(String user, SecretText password) {
            this(user, new LoginSecret.Password(password));
        }
    }

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
        Optional<Path> tokenFile = mail.path("token-file");
        List<String> tokenCommand = mail.texts("token-command");
        long secrets = Stream.of("password", "token-file", "token-command")
                .filter(mail::has)
                .count();
        if (secrets > 1) {
            mail.fault("got more than one of password, token-file and token-command, wanted one");
        } else if (user.isPresent() && secrets == 0) {
            mail.fault("user", "got a user without a password, wanted both or neither");
        } else if (user.isEmpty() && mail.has("password")) {
            mail.fault("password", "got a password without a user, wanted both or neither");
        } else if (user.isEmpty() && secrets > 0) {
            mail.fault("got a token without a user, wanted both or neither");
        }
        return mail.build(() -> {
            Optional<LoginSecret> secret = password.<LoginSecret>map(LoginSecret.Password::new)
                    .or(() -> tokenFile.map(LoginSecret.TokenFile::new))
                    .or(() -> tokenCommand.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new LoginSecret.TokenCommand(tokenCommand)));
            return new MailSettings(
                    server.orElseThrow(),
                    from.orElseThrow(),
                    user.flatMap(name -> secret.map(known -> new Login(name, known))));
        });
    }
}
