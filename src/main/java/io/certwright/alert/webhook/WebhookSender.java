package io.certwright.alert.webhook;

import io.certwright.alert.AlertSender;
import io.certwright.alert.Digest;
import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts digests to the webhook of the settings. Any answer of 200 to 299 says that it was taken; no redirect is followed, for it
 * would carry the message to somebody who is not in the settings. Safe for several threads.
 */
public final class WebhookSender implements AlertSender {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,7}");

    private final WebhookSettings settings;
    private final WebhookLimits limits;
    private final HttpClient client;
    private final Clock clock;

    /** @param trust in what the webhook's server may show */
    public WebhookSender(WebhookSettings settings, WebhookLimits limits, SSLContext trust, Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .sslContext(trust)
                .build();
    }

    @Override
    public void send(Digest digest) throws LifecycleException {
        HttpResponse<Void> answer = exchange(request(digest));
        int status = answer.statusCode();
        if (status < 200 || status > 299) {
            throw refusal(answer);
        }
    }

    private HttpRequest request(Digest digest) {
        Instant now = clock.instant();
        byte[] body = WebhookBody.of(digest, now);
        String id = digest.id().toString();
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Certwright")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", Signature.of(id, now, body, settings.secret()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** The client's own limit ends with the headers; this one also ends a server that never finishes its answer. */
    private HttpResponse<Void> exchange(HttpRequest request) throws LifecycleException {
        CompletableFuture<HttpResponse<Void>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return exchange.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw lost("does not answer within " + limits.whole().toMillis() + " ms", late);
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw lost("was not waited for, because Certwright ends", stopped);
        } catch (ExecutionException failed) {
            throw failure(failed);
        }
    }

    private LifecycleException failure(ExecutionException failed) {
        Throwable cause = Optional.ofNullable(failed.getCause()).orElse(failed);
        if (has(cause, UnresolvedAddressException.class)) {
            return unreachable("has no address in DNS; check alerts.webhook.url", cause);
        }
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return unreachable("takes no connection; check that it runs and that alerts.webhook.url is right", cause);
        }
        if (has(cause, SSLException.class)) {
            return of(
                    FailureKind.REFUSED,
                    "WEBHOOK_TLS_FAILED",
                    "offers no TLS connection that we can trust: " + root(cause)
                            + "; its certificate must name its host and come from a CA of the system or of trust-anchors",
                    cause);
        }
        return lost("broke the connection: " + root(cause), cause);
    }

    private LifecycleException refusal(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        String what = "answered " + status + ", wanted 200 to 299";
        if (status == 429 || status == 503) {
            return LifecycleException.throttled("WEBHOOK_PUT_OFF", sentence(what), wait(answer));
        }
        if (status == 401 || status == 403) {
            return of(
                    FailureKind.UNAUTHORIZED,
                    "WEBHOOK_UNAUTHORIZED",
                    what + "; check that both sides have the same alerts.webhook.secret",
                    null);
        }
        return of(FailureKind.REFUSED, "WEBHOOK_REFUSED", what + "; look at its log", null);
    }

    /** RFC 9110, 10.2.3: seconds; a date is left aside, for our own waits are not longer than it would be. */
    private static Duration wait(HttpResponse<Void> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private LifecycleException lost(String what, Throwable cause) {
        return of(
                FailureKind.UNREACHABLE,
                ANSWER_LOST,
                what + "; it may have taken the message, so the same one is sent again",
                cause);
    }

    private LifecycleException unreachable(String what, Throwable cause) {
        return of(FailureKind.UNREACHABLE, "WEBHOOK_UNREACHABLE", what, cause);
    }

    private LifecycleException of(FailureKind kind, String code, String what, @Nullable Throwable cause) {
        return cause == null
                ? new LifecycleException(kind, code, sentence(what))
                : new LifecycleException(kind, code, sentence(what), cause);
    }

    private String sentence(String what) {
        return "webhook " + settings.place() + " " + what;
    }

    private static String root(Throwable cause) {
        Throwable root = cause;
        for (int i = 0; i < 10 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return Printable.quote(String.valueOf(root.getMessage()));
    }

    private static boolean has(Throwable top, Class<? extends Throwable> type) {
        Throwable next = top;
        for (int i = 0; i < 10 && next != null; i++) {
            if (type.isInstance(next)) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }
}
