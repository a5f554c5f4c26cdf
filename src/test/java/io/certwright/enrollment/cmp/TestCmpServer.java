package io.certwright.enrollment.cmp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A CMP server over HTTP (RFC 9811) in front of a {@link TestCmpCa}; treats us well or badly. */
final class TestCmpServer implements AutoCloseable {
    /** How answers travel, whatever the CA says in them. */
    enum Manner {
        WELL,
        SENDS_A_WEB_PAGE,
        CUTS_ITS_ANSWER_SHORT,
        SENDS_NOTHING,
        SENDS_100_MB,
        NESTS_WITHOUT_END,
        LOSES_ITS_ANSWER,
        IS_BUSY,
        IS_ILL,
        WANTS_A_LOGIN,
        IS_SOMEWHERE_ELSE
    }

    private static final int LARGE = 100 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-cmp");
        thread.setDaemon(true);
        return thread;
    });
    private volatile TestCmpCa ca = new TestCmpCa();
    private volatile Manner manner = Manner.WELL;

    private TestCmpServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/cmp", this::answer);
    }

    static TestCmpServer plain() {
        try {
            TestCmpServer made =
                    new TestCmpServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            made.server.start();
            return made;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static TestCmpServer tls() {
        try {
            HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestCmpServer made = new TestCmpServer(https);
            https.setHttpsConfigurator(new HttpsConfigurator(made.context()));
            https.start();
            return made;
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        TestCertificate leaf = ca.root().leaf("localhost").ips("127.0.0.1");
        X509Certificate certificate = leaf.certificate();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", leaf.keyPair().getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** For who talks to it over TLS. */
    SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", ca.root().certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    TestCmpCa ca() {
        return ca;
    }

    /** Another CA, which has issued nothing and treats us well: cheaper than another server. */
    void beginAnew() {
        ca = new TestCmpCa();
        manner = Manner.WELL;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void treat(Manner next) {
        manner = next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            boolean cmp =
                    "application/pkixcmp".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            switch (manner) {
                case IS_BUSY -> refuse(exchange, 503, "come back later");
                case WANTS_A_LOGIN -> refuse(exchange, 401, "");
                case SENDS_A_WEB_PAGE ->
                    send(exchange, "text/html", "<html>log in</html>".getBytes(StandardCharsets.US_ASCII));
                case IS_SOMEWHERE_ELSE -> refuse(exchange, 302, "");
                default -> {
                    if (!cmp || !exchange.getRequestMethod().equals("POST")) {
                        refuse(exchange, 415, "wanted application/pkixcmp by POST");
                    } else {
                        send(exchange, ca.answerTo(question));
                    }
                }
            }
        }
    }

    private void send(HttpExchange exchange, byte[] answer) throws IOException {
        switch (manner) {
            case CUTS_ITS_ANSWER_SHORT ->
                send(exchange, "application/pkixcmp", Arrays.copyOf(answer, answer.length / 2));
            case SENDS_NOTHING -> send(exchange, "application/pkixcmp", new byte[0]);
            case SENDS_100_MB -> endless(exchange);
            case NESTS_WITHOUT_END -> send(exchange, "application/pkixcmp", nested());
            case LOSES_ITS_ANSWER -> exchange.close();
            case IS_ILL -> refuse(exchange, 500, "something broke");
            default -> send(exchange, "application/pkixcmp", answer);
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
        byte[] body = words.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Retry-After", "90");
        exchange.getResponseHeaders().set("Location", "http://elsewhere.certwright.test/");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/pkixcmp");
        exchange.sendResponseHeaders(200, LARGE);
        byte[] piece = new byte[64 * 1024];
        try (OutputStream body = exchange.getResponseBody()) {
            for (int sent = 0; sent < LARGE; sent += piece.length) {
                body.write(piece);
            }
        } catch (IOException hungUp) {
            return;
        }
    }

    /** Sequences of indefinite length, one within the other. */
    private static byte[] nested() {
        byte[] all = new byte[900_000];
        for (int i = 0; i < all.length; i += 2) {
            all[i] = 0x30;
            all[i + 1] = (byte) 0x80;
        }
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
