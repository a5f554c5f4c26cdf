package io.certwright.lookup.revocation;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One question over HTTP and its answer, hostile servers included: a limit for the whole of it, redirects and the last byte
 * included; no more than so many bytes; at most three redirects, to HTTP or HTTPS alone; no cookies, no credentials.
 */
final class HttpExchange {
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Duration limit;
    private @Nullable HttpClient client;

    HttpExchange(Duration limit) {
        this.limit = limit;
    }

    /** Made for the first question: it reads all the roots that this system trusts, for which most commands have no use. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(limit)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = made;
        }
        return made;
    }

    /** Whether {@code address} can be asked at all; AD CS names LDAP addresses, too. */
    static Optional<URI> parse(String address) {
        try {
            URI uri = URI.create(address.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    byte[] get(URI address, int most) throws LifecycleException {
        return ask(address, HttpRequest.newBuilder().GET(), most);
    }

    byte[] post(URI address, String type, byte[] question, int most) throws LifecycleException {
        return ask(
                address,
                HttpRequest.newBuilder()
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(question)),
                most);
    }

    private byte[] ask(URI address, HttpRequest.Builder request, int most) throws LifecycleException {
        long end = System.nanoTime() + limit.toNanos();
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<byte[]> answer = send(next, request.copy().uri(next).build(), most, end);
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            if (!REDIRECTS.contains(answer.statusCode())) {
                throw failed(FailureKind.REFUSED, address, "answers with HTTP status " + answer.statusCode());
            }
            next = redirectedFrom(next, answer)
                    .orElseThrow(() -> failed(FailureKind.MALFORMED_ANSWER, address, "redirects to nowhere"));
        }
        throw failed(FailureKind.MALFORMED_ANSWER, address, "redirects more than " + MOST_REDIRECTS + " times");
    }

    private static Optional<URI> redirectedFrom(URI from, HttpResponse<byte[]> answer) {
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(from::resolve)
                    .map(URI::toString)
                    .flatMap(HttpExchange::parse);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> send(URI address, HttpRequest request, int most, long end) throws LifecycleException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request, response -> new BoundedBody(most, response.statusCode() == 200));
        try {
            return answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw failed(
                    FailureKind.UNREACHABLE, address, "gives no complete answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(FailureKind.UNREACHABLE, address, "was not asked to the end");
        } catch (ExecutionException broken) {
            throw failed(FailureKind.UNREACHABLE, address, whyBroken(broken, most));
        }
    }

    private static String whyBroken(ExecutionException broken, int most) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        if (cause instanceof BoundedBody.TooLong) {
            return "answers with more than " + most / 1024 / 1024 + " MB";
        }
        if (cause instanceof java.net.http.HttpConnectTimeoutException) {
            return "cannot be reached in time";
        }
        if (cause instanceof java.net.ConnectException) {
            return "cannot be reached";
        }
        return "breaks off (" + Printable.escape(String.valueOf(cause.getMessage()), 80) + ")";
    }

    private static LifecycleException failed(FailureKind kind, URI address, String why) {
        return new LifecycleException(kind, "LOOKUP_FAILED", Printable.escape(address.toString(), 200) + " " + why);
    }
}
