package io.certwright.enrollment.cmp;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.AnswerTooLongException;
import io.certwright.http.HttpLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Messages over HTTP (RFC 9811). */
final class CmpWire {
    private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final String TYPE = "application/pkixcmp";
    private static final Duration UNASKED = Duration.ofMinutes(15);

    private final IssuerName issuer;
    private final CmpSettings settings;
    private final CmpFailures failures;
    private @Nullable HttpClient client;

    CmpWire(IssuerName issuer, CmpSettings settings) {
        this.issuer = issuer;
        this.settings = settings;
        this.failures = new CmpFailures(issuer);
    }

    /**
     * What the server answers to a message. Throws {@link AnswerLostException} where it may have acted on the message all the same;
     * every other failure says that it certainly did not.
     */
    byte[] exchange(byte[] message) throws LifecycleException {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(settings.url())
                .header("Content-Type", TYPE)
                .header("Accept", TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build());
        requireTaken(answer);
        String type = answer.headers()
                .firstValue("Content-Type")
                .orElse("")
                .split(";", 2)[0]
                .strip();
        if (!type.equalsIgnoreCase(TYPE)) {
            throw failures.malformed(
                    "none of CMP", new IOException("it is of type " + Printable.quote(type) + ", wanted " + TYPE));
        }
        return answer.body();
    }

    private void requireTaken(HttpResponse<byte[]> answer) throws LifecycleException {
        int status = answer.statusCode();
        if (status == 200) {
            return;
        }
        String what = "answers with HTTP status " + status + wordsOf(answer.body());
        switch (status) {
            case 401, 403 ->
                throw new LifecycleException(
                        FailureKind.UNAUTHORIZED,
                        "CA_CREDENTIALS_REFUSED",
                        sentence(what) + "; it wants to know us by other means, such as client-certificate");
            case 429, 503 ->
                throw LifecycleException.throttled(
                        "CA_THROTTLES", sentence(what) + "; it asks to come back later", waitOf(answer));
            default -> {
                String asked = sentence(what) + ", wanted 200; check url, and look at the server's own log";
                if (status >= 500) {
                    throw new AnswerLostException(FailureKind.UNREACHABLE, "CA_REFUSED", asked, new IOException(what));
                }
                throw new LifecycleException(FailureKind.REFUSED, "CA_REFUSED", asked);
            }
        }
    }

    private static String wordsOf(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty() || text.startsWith("<") ? "" : " " + Printable.quote(text);
    }

    /** Seconds only; what means nothing counts as not said. */
    private static Duration waitOf(HttpResponse<byte[]> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("").strip();
        boolean seconds = text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty();
        return seconds ? Duration.ofSeconds(Math.max(1, Long.parseLong(text))) : UNASKED;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws LifecycleException {
        HttpClient ready = client();
        try {
            return ready.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (AnswerTooLongException endless) {
            throw failures.malformed("none of CMP", endless);
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException neverSent) {
            throw new LifecycleException(FailureKind.UNREACHABLE, codeOf(neverSent), unreachable(neverSent), neverSent);
        } catch (IOException broken) {
            throw new AnswerLostException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", unreachable(broken), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AnswerLostException(
                    FailureKind.UNREACHABLE, "CA_UNREACHABLE", sentence("was not asked to the end"), stopped);
        }
    }

    private static String codeOf(IOException neverSent) {
        return neverSent instanceof SSLHandshakeException ? "CA_TLS_UNTRUSTED" : "CA_UNREACHABLE";
    }

    private String unreachable(IOException cause) {
        return sentence("cannot be reached (" + cause.getClass().getSimpleName() + ": "
                        + Printable.escape(String.valueOf(cause.getMessage()), 120) + ")")
                + "; check the address, the network, proxy and tls-trust";
    }

    private String sentence(String what) {
        return "issuer " + issuer + ": the CMP server at "
                + Printable.escape(settings.url().toString(), 200) + " " + what;
    }

    private synchronized HttpClient client() throws LifecycleException {
        if (client == null) {
            boolean plain = "http".equals(settings.url().getScheme());
            client = settings.access().open(new HttpLimits(LONGEST_EXCHANGE, LONGEST_ANSWER, plain));
        }
        return client;
    }
}
