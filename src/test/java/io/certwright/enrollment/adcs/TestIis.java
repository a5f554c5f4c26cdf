package io.certwright.enrollment.adcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.crypto.PemCodec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * The web server in front of a CA: HTTPS on loopback, a door that knows who may come in, and one application behind it. Treats callers
 * well, or in one exchange badly. Shares no line with the client.
 */
public final class TestIis implements AutoCloseable {
    /** Lets a caller in, or answers itself and does not. */
    @FunctionalInterface
    public interface Door {
        boolean admits(HttpExchange exchange) throws IOException;
    }

    /** What lies behind the door. Takes the body, which is read already. */
    @FunctionalInterface
    public interface Application {
        Reply answer(HttpExchange exchange, byte[] body) throws IOException;
    }

    public record Reply(int status, String type, byte[] body) {
        public static Reply text(int status, String type, String text) {
            return new Reply(status, type, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What is done to one exchange. */
    public enum Mishap {
        NONE,
        /** Hangs up before the application has anything. */
        RESET_BEFORE,
        /** The application does what was asked, and the answer is lost. */
        RESET_AFTER,
        /** The answer stops half-way. */
        CUT_SHORT,
        /** Half of the bytes, as if that were all. */
        TRUNCATED,
        /** A portal's page with status 200. */
        WEB_PAGE,
        /** The right answer under another type. */
        WRONG_TYPE,
        /** More than anybody would read. */
        ENDLESS,
        STATUS_503,
        STATUS_404,
        REDIRECT,
        NOTHING
    }

    private static final int EACH = -2;
    private static final int BLOCK = 1024 * 1024;

    private final TestCa tlsRoot = TestCa.root("CN=IIS Test TLS Root", Instant.now());
    private final TestCertificate leaf = tlsRoot.leaf("localhost").ips("127.0.0.1");
    private final X509Certificate certificate = leaf.certificate();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-iis");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final Application application;
    private volatile Door door = exchange -> true;
    private volatile Mishap mishap = Mishap.NONE;
    private volatile int spoiled = -1;

    public TestIis(String path, Application application) {
        this(path, application, List.of());
    }

    /** Wants a client certificate under one of these roots, where there are any. */
    public TestIis(String path, Application application, List<X509Certificate> clientRoots) {
        this.application = application;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SSLContext context = context(clientRoots);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters tls = context.getDefaultSSLParameters();
                    tls.setNeedClientAuth(!clientRoots.isEmpty());
                    parameters.setSSLParameters(tls);
                }
            });
            server.setExecutor(threads);
            server.createContext(path, this::serve);
            server.start();
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** With which it shows itself. */
    public X509Certificate certificate() {
        return certificate;
    }

    private SSLContext context(List<X509Certificate> clientRoots) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", leaf.keyPair().getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (X509Certificate root : clientRoots) {
            trusted.setCertificateEntry("root-" + trusted.size(), root);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), clientRoots.isEmpty() ? null : trust.getTrustManagers(), null);
        return context;
    }

    public void guard(Door next) {
        door = next;
    }

    /** Spoils the exchange of this number, the first being 0, counted from now. */
    public void spoil(int exchange, Mishap next) {
        exchanges.set(0);
        spoiled = exchange;
        mishap = next;
    }

    /** Spoils every exchange from now on; {@link Mishap#NONE} ends that. */
    public void spoilAll(Mishap next) {
        spoiled = EACH;
        mishap = next;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Method, path and query of each exchange that came through the door. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public Path tlsTrust(Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("tls-root-" + port() + ".pem"), PemCodec.certificate(tlsRoot.certificate()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!door.admits(exchange)) {
            exchange.close();
            return;
        }
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Mishap now = exchanges.getAndIncrement() == spoiled || spoiled == EACH ? mishap : Mishap.NONE;
        try (exchange) {
            if (now != Mishap.RESET_BEFORE) {
                send(exchange, now, application.answer(exchange, body));
            }
        }
    }

    private static void send(HttpExchange exchange, Mishap mishap, Reply reply) throws IOException {
        byte[] body = reply.body();
        switch (mishap) {
            case NONE -> send(exchange, reply);
            case RESET_BEFORE, RESET_AFTER -> exchange.close();
            case CUT_SHORT -> {
                head(exchange, reply.status(), reply.type(), body.length);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case TRUNCATED ->
                send(exchange, new Reply(reply.status(), reply.type(), Arrays.copyOf(body, body.length / 2)));
            case WEB_PAGE ->
                send(
                        exchange,
                        Reply.text(
                                200,
                                "text/html",
                                "<html><body><h1>Please log in, 17 guests are on line</h1></body></html>"));
            case WRONG_TYPE -> send(exchange, new Reply(reply.status(), "application/octet-stream", body));
            case ENDLESS -> endless(exchange, reply.type());
            case STATUS_503 -> send(exchange, Reply.text(503, "text/html", "<h2>Service Unavailable</h2>"));
            case STATUS_404 -> send(exchange, Reply.text(404, "text/html", "<h2>Not Found</h2>"));
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "https://elsewhere.certwright.test/");
                send(exchange, Reply.text(302, "text/html", ""));
            }
            case NOTHING -> send(exchange, new Reply(reply.status(), reply.type(), new byte[0]));
        }
    }

    private static void endless(HttpExchange exchange, String type) throws IOException {
        head(exchange, 200, type, 0);
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) ' ');
        for (int sent = 0; sent < 100; sent++) {
            exchange.getResponseBody().write(block);
        }
    }

    public static void send(HttpExchange exchange, Reply reply) throws IOException {
        head(exchange, reply.status(), reply.type(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static void head(HttpExchange exchange, int status, String type, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, length);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
