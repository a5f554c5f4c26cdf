package io.certwright.alert.mail;

import io.certwright.alert.mail.LoginSecret.Password;
import io.certwright.alert.mail.LoginSecret.TokenCommand;
import io.certwright.alert.mail.LoginSecret.TokenFile;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What we log in with, fetched when it is needed. The token of a command is kept for some minutes: a run may send many mails. */
final class Credentials {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Optional<MailSettings.Login> login;
    private final AccessTokens tokens;
    private final Clock clock;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(char[] token, Instant until) {}

    /** A user and what proves it; whoever takes it wipes the secret. */
    record Proof(String user, char[] secret, boolean isToken) {}

    Credentials(Optional<MailSettings.Login> login, AccessTokens tokens, Clock clock) {
        this.login = login;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Empty where the mail server asks nobody. */
    synchronized Optional<Proof> fetch() throws LifecycleException {
        if (login.isEmpty()) {
            return Optional.empty();
        }
        String user = login.get().user();
        LoginSecret secret = login.get().secret();
        if (secret instanceof Password password) {
            return Optional.of(new Proof(user, password.text().reveal(), false));
        }
        char[] token = secret instanceof TokenFile file ? tokens.of(file) : ofCommand((TokenCommand) secret);
        return Optional.of(new Proof(user, token, true));
    }

    private char[] ofCommand(TokenCommand command) throws LifecycleException {
        Instant now = clock.instant();
        if (kept.filter(known -> now.isBefore(known.until())).isEmpty()) {
            kept = Optional.of(new Kept(tokens.of(command), now.plus(KEPT)));
        }
        return kept.orElseThrow().token().clone();
    }

    /** The next one is fetched afresh. */
    synchronized void forget() {
        kept.ifPresent(known -> Arrays.fill(known.token(), '\0'));
        kept = Optional.empty();
    }
}
