package io.certwright.enrollment.est;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.AnswerTooLongException;
import io.certwright.http.HttpLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** The operations of EST over HTTPS (RFC 7030, 3.2). */
final class EstWire {
    private static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(20), 1024 * 1024, false);
    private static final int LINE = 64;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final IssuerName issuer;
    private final EstSettings settings;
    private @Nullable HttpClient client;

    EstWire(IssuerName issuer, EstSettings settings) {
        this.issuer = issuer;
        this.settings = settings;
    }

    /** Public by the protocol: no credentials go along. */
    HttpResponse<byte[]> authorities() throws LifecycleException {
        return send(HttpRequest.newBuilder(settings.addressOf("cacerts")).GET());
    }

    /** The body is base64 without its own header naming that (RFC 8951, 3). */
    HttpResponse<byte[]> enroll(byte[] csr) throws LifecycleException {
        byte[] body = Base64.getMimeEncoder(LINE, LINE_END).encode(csr);
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.addressOf("simpleenroll"))
                .header("Content-Type", "application/pkcs10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.user().ifPresent(user -> request.header("Authorization", "Basic " + credentialsOf(user)));
        return send(request);
    }

    private static String credentialsOf(EstSettings.User user) {
        byte[] name = (user.name() + ":").getBytes(StandardCharsets.UTF_8);
        byte[] password = user.password().revealUtf8();
        byte[] both = Arrays.copyOf(name, name.length + password.length);
        System.arraycopy(password, 0, both, name.length, password.length);
        try {
            return Base64.getEncoder().encodeToString(both);
        } finally {
            Arrays.fill(password, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws LifecycleException {
        try {
            return client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (AnswerTooLongException endless) {
            throw failed(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", "gives no answer of EST", endless);
        } catch (SSLHandshakeException untrusted) {
            throw failed(
                    FailureKind.UNREACHABLE,
                    "CA_TLS_UNTRUSTED",
                    "shows a TLS certificate that is not trusted here; if it is the right server, write the file with its root"
                            + " into tls-trust",
                    untrusted);
        } catch (IOException broken) {
            throw failed(
                    FailureKind.UNREACHABLE,
                    "CA_UNREACHABLE",
                    "cannot be reached; check the address, the network and proxy",
                    broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(FailureKind.UNREACHABLE, "CA_UNREACHABLE", "was not asked to the end", stopped);
        }
    }

    private LifecycleException failed(FailureKind kind, String code, String what, Exception cause) {
        return new LifecycleException(
                kind,
                code,
                "issuer " + issuer + ": the EST server " + settings.url().getHost() + " " + what + " ("
                        + cause.getClass().getSimpleName() + ": "
                        + Printable.escape(String.valueOf(cause.getMessage()), 120) + ")",
                cause);
    }

    private synchronized HttpClient client() throws LifecycleException {
        if (client == null) {
            client = settings.access().open(LIMITS);
        }
        return client;
    }
}
