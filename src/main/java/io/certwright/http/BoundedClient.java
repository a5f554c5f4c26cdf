package io.certwright.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A client for libraries that bring their own protocol over {@link HttpClient}: each answer is read whole, within the limits, before
 * the library sees any of it. The JDK's own time limit ends with the headers; this one ends with the last byte.
 */
final class BoundedClient extends HttpClient {
    private final HttpClient client;
    private final HttpLimits limits;

    BoundedClient(HttpClient client, HttpLimits limits) {
        this.client = client;
        this.limits = limits;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        requireScheme(request.uri());
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, response -> new BoundedBody(limits.bytes()));
        try {
            HttpResponse<byte[]> whole = answer.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
            return new ReadAnswer<>(whole, handedOver(whole, handler));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new HttpTimeoutException(
                    "no complete answer within " + limits.time().toSeconds() + " s");
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            throw stopped;
        } catch (ExecutionException broken) {
            throw broken.getCause() instanceof IOException cause ? cause : new IOException(broken.getCause());
        }
    }

    private void requireScheme(URI address) throws IOException {
        String scheme = String.valueOf(address.getScheme());
        if (!scheme.equals("https") && !(limits.plainHttp() && scheme.equals("http"))) {
            throw new IOException("the address " + address.getScheme() + "://" + address.getHost()
                    + " is not https, so it is not asked");
        }
    }

    private static <T> T handedOver(HttpResponse<byte[]> whole, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException, ExecutionException {
        HttpResponse.BodySubscriber<T> taker = handler.apply(new AnswerHead(whole));
        taker.onSubscribe(new NothingToAsk());
        taker.onNext(List.of(ByteBuffer.wrap(whole.body())));
        taker.onComplete();
        return taker.getBody().toCompletableFuture().get();
    }

    /** The whole body is there already, so that nothing can be asked for or called off. */
    private static final class NothingToAsk implements Flow.Subscription {
        @Override
        public void request(long more) {}

        @Override
        public void cancel() {}
    }

    private record AnswerHead(HttpResponse<byte[]> answer) implements HttpResponse.ResponseInfo {
        @Override
        public int statusCode() {
            return answer.statusCode();
        }

        @Override
        public java.net.http.HttpHeaders headers() {
            return answer.headers();
        }

        @Override
        public Version version() {
            return answer.version();
        }
    }

    private record ReadAnswer<T>(HttpResponse<byte[]> answer, T body) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return answer.statusCode();
        }

        @Override
        public HttpRequest request() {
            return answer.request();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public java.net.http.HttpHeaders headers() {
            return answer.headers();
        }

        @Override
        public Optional<javax.net.ssl.SSLSession> sslSession() {
            return answer.sslSession();
        }

        @Override
        public URI uri() {
            return answer.uri();
        }

        @Override
        public Version version() {
            return answer.version();
        }
    }

    /** Nobody here needs it, and it would have to bound itself. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException("a bounded client answers while the caller waits; call send");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushed) {
        throw new UnsupportedOperationException("a bounded client answers while the caller waits; call send");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
