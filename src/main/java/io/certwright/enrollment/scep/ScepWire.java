package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.CaExchange;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpLimits;
import io.certwright.http.ServerClock;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of SCEP over HTTP (RFC 8894, 4). */
final class ScepWire {
    private static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(20), 1024 * 1024, true);

    private final IssuerName issuer;
    private final ScepSettings settings;
    private @Nullable CaExchange kept;

    ScepWire(IssuerName issuer, ScepSettings settings) {
        this.issuer = issuer;
        this.settings = settings;
    }

    /** The body and what it is said to be. */
    record Answer(String contentType, byte[] body) {}

    /** A server that does not know the question can nothing (RFC 8894, 3.5.1). */
    Capabilities capabilities() throws LifecycleException {
        HttpResponse<byte[]> answer = exchange().send(get("GetCACaps", settings.identifier()));
        String text = answer.statusCode() == 200 ? new String(answer.body(), StandardCharsets.US_ASCII) : "";
        return Capabilities.parse(text);
    }

    /** A clause where the server's clock and this machine's do not agree. */
    Optional<String> clockSkew(Instant now) throws LifecycleException {
        return ServerClock.skewIn(
                exchange().send(get("GetCACaps", settings.identifier())).headers(), now);
    }

    Answer authorities() throws LifecycleException {
        return accepted(exchange().send(get("GetCACert", settings.identifier())));
    }

    Answer operate(byte[] message, boolean byPost) throws LifecycleException {
        HttpRequest request = byPost
                ? HttpRequest.newBuilder(address("PKIOperation", ""))
                        .header("Content-Type", "application/x-pki-message")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                        .build()
                : get("PKIOperation", Base64.getEncoder().encodeToString(message));
        return accepted(exchange().send(request));
    }

    private HttpRequest get(String operation, String message) {
        return HttpRequest.newBuilder(address(operation, message)).GET().build();
    }

    private URI address(String operation, String message) {
        String encoded = message.isEmpty() ? "" : "&message=" + URLEncoder.encode(message, StandardCharsets.US_ASCII);
        return URI.create(settings.url() + "?operation=" + operation + encoded);
    }

    private Answer accepted(HttpResponse<byte[]> answer) throws LifecycleException {
        int status = answer.statusCode();
        if (status != 200) {
            String body = new String(answer.body(), StandardCharsets.ISO_8859_1).strip();
            throw new LifecycleException(
                    status >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                    "CA_REFUSED",
                    "issuer " + issuer + ": " + server() + " answers with HTTP status " + status
                            + (body.isEmpty() ? "" : " " + Printable.quote(body))
                            + ", wanted 200; look at the server's own log");
        }
        String type = answer.headers()
                .firstValue("Content-Type")
                .orElse("")
                .split(";", 2)[0]
                .strip();
        return new Answer(type, answer.body());
    }

    private String server() {
        return "the SCEP server at " + Printable.escape(settings.url().toString(), 200);
    }

    /** A client certificate is read anew each time, for others may have renewed it. */
    private synchronized CaExchange exchange() throws LifecycleException {
        if (kept == null || settings.access().identity().isPresent()) {
            kept = new CaExchange(issuer, server(), settings.access().open(LIMITS));
        }
        return kept;
    }
}
