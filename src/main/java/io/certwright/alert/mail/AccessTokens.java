package io.certwright.alert.mail;

import io.certwright.alert.mail.LoginSecret.TokenCommand;
import io.certwright.alert.mail.LoginSecret.TokenFile;
import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches access tokens (RFC 6749, 1.4) from where the settings say, within a limit. No message shows one. */
final class AccessTokens {
    private static final int LARGEST = 32 * 1024;
    private static final int SHOWN = 300;
    /** What programs need to run at all; everything else may be a secret. */
    private static final Set<String> HANDED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA");

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
        Process process = start(what, from);
        try {
            CompletableFuture<byte[]> printed = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            CompletableFuture<byte[]> complained = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            byte[] output = printed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                throw failure(
                        what + " ended with " + process.exitValue() + ", saying "
                                + words(complained.get(limit.toMillis(), TimeUnit.MILLISECONDS))
                                + "; run it by hand as the account of Certwright",
                        null);
            }
            return token(what, output);
        } catch (TimeoutException late) {
            throw failure(what + " did not end within " + limit.toSeconds() + " s and was ended", late);
        } catch (ExecutionException broken) {
            throw failure(what + " could not be read: " + broken.getCause(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failure(what + " was interrupted and ended", stopped);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(String what, TokenCommand from) throws LifecycleException {
        ProcessBuilder builder = new ProcessBuilder(from.command());
        builder.environment().keySet().removeIf(name -> !HANDED_ON.contains(name.toUpperCase(Locale.ROOT)));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException absent) {
            throw failure(what + " cannot be started; check that it is there and may be run", absent);
        }
    }

    private static byte[] read(InputStream stream) {
        try (stream) {
            return stream.readNBytes(LARGEST);
        } catch (IOException closed) {
            return new byte[0];
        }
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

    private static String words(byte[] complaint) {
        String text = new String(complaint, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "nothing" : Printable.quote(text.substring(Math.max(0, text.length() - SHOWN)));
    }

    private static LifecycleException failure(String sentence, @Nullable Throwable cause) {
        return cause == null
                ? new LifecycleException(FailureKind.UNAUTHORIZED, "MAIL_TOKEN_UNAVAILABLE", sentence)
                : new LifecycleException(FailureKind.UNAUTHORIZED, "MAIL_TOKEN_UNAVAILABLE", sentence, cause);
    }
}
