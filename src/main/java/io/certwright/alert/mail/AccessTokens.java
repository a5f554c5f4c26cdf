package io.certwright.alert.mail;

import io.certwright.alert.mail.LoginSecret.TokenCommand;
import io.certwright.alert.mail.LoginSecret.TokenFile;
import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.program.Program;
import io.certwright.program.ProgramRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fetches access tokens (RFC 6749, 1.4) from where the settings say, within a limit. No message shows one. */
final class AccessTokens {
    private static final int LARGEST = 32 * 1024;

    private final Duration limit;

    AccessTokens(Duration limit) {
        this.limit = limit;
    }

    char[] of(TokenFile from) throws LifecycleException {
        if (Files.exists(from.file()) && !Files.isRegularFile(from.file())) {
            // Opening a pipe that nobody writes to would wait for ever.
            throw failure(
                    "mail: the token file " + from.file()
                            + " is no ordinary file, wanted one; check alerts.mail.token-file",
                    null);
        }
        try (InputStream file = Files.newInputStream(from.file())) {
            return token("mail: the token file " + from.file(), file.readNBytes(LARGEST));
        } catch (IOException unreadable) {
            throw failure(
                    "mail: the token file " + from.file() + " cannot be read: " + unreadable
                            + "; check that whoever writes it runs, and alerts.mail.token-file",
                    unreadable);
        }
    }

    char[] of(TokenCommand from) throws LifecycleException {
        String what =
                "mail: the token command " + Printable.quote(from.command().get(0));
        ProgramRun run = new Program(from.command(), limit).ask();
        Optional<String> complaint = run.complaint();
        if (complaint.isPresent()) {
            throw failure(what + " " + complaint.get() + "; run it by hand as the account of Certwright", null);
        }
        return token(what, run.answer());
    }

    /** The first line; a token is printable ASCII without spaces (RFC 6750, 2.1). */
    private static char[] token(String what, byte[] content) throws LifecycleException {
        int end = 0;
        while (end < content.length && content[end] > ' ' && content[end] < 0x7F) {
            end++;
        }
        boolean isLine = end == content.length || content[end] == '\n' || content[end] == '\r';
        if (end == 0 || end == LARGEST || !isLine) {
            throw failure(
                    what + " gives no token: wanted printable ASCII without spaces on its first line, got "
                            + (content.length == 0 ? "nothing" : "something else"),
                    null);
        }
        char[] token = new char[end];
        for (int i = 0; i < end; i++) {
            token[i] = (char) content[i];
        }
        return token;
    }

    private static LifecycleException failure(String sentence, @Nullable Throwable cause) {
        return cause == null
                ? new LifecycleException(FailureKind.UNAUTHORIZED, "MAIL_TOKEN_UNAVAILABLE", sentence)
                : new LifecycleException(FailureKind.UNAUTHORIZED, "MAIL_TOKEN_UNAVAILABLE", sentence, cause);
    }
}
