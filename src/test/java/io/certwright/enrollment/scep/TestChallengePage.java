package io.certwright.enrollment.scep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The page on which NDES gives passwords, as IIS serves it: UTF-16 behind Basic, a new password each time until its cache is full. */
final class TestChallengePage implements AutoCloseable {
    static final String ENGLISH = """
            <HTML><Head><Meta HTTP-Equiv="Content-Type" Content="text/html; charset=UTF-8"><Title>Enrollment Service</Title></Head>
            <Body><P> To begin, the hash value for the CA certificate is: <B> 0A1B2C3D 4E5F6071 8293A4B5 C6D7E8F9 </B> </P>
            <P> Your password for enrolling is: <B> %s </B> <P> It can be used once and expires within 60 minutes. </P></Body></HTML>
            """;
    static final String GERMAN = """
            <HTML><Head><Title>Registrierungsdienst für Netzwerkgeräte</Title></Head><Body>
            <P> Fingerabdruck (Hashwert) des Zertifikats: <B> 0A1B2C3D 4E5F6071 8293A4B5 C6D7E8F9 </B> </P>
            <P> Kennwort für die Anforderung: <B> %s </B> <P> Gültig für 60 Minuten. </P></Body></HTML>
            """;
    private static final String FULL =
            "<HTML><Head><Title>x</Title></Head><Body><P> The password cache is full. </P></Body></HTML>";

    private final HttpsServer server;
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final List<String> given = new CopyOnWriteArrayList<>();
    private final List<String> askedAs = new CopyOnWriteArrayList<>();
    private volatile String page = ENGLISH;
    private volatile int most = 5;
    private volatile boolean everybody;
    private volatile String scheme = "Basic realm=\"ndes\"";

    TestChallengePage(TestCa root) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(root)));
            server.createContext("/certsrv/mscep_admin/", this::answer);
            server.start();
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static SSLContext context(TestCa root) throws GeneralSecurityException, IOException {
        TestCertificate leaf = root.leaf("localhost").ips("127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", leaf.keyPair().getPrivate(), new char[0], new X509Certificate[] {leaf.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/certsrv/mscep_admin/";
    }

    /** The page, with a place for the password; or one without. */
    void show(String html) {
        page = html;
    }

    void keepAtMost(int passwords) {
        most = passwords;
    }

    /** What it offers to those who show nothing, or the wrong thing. */
    void offer(String authentication) {
        scheme = authentication;
    }

    void admitEverybody() {
        everybody = true;
    }

    /** Each counts once; as the CA sees it. */
    boolean use(String password) {
        return open.remove(password);
    }

    List<String> given() {
        return List.copyOf(given);
    }

    /** The credentials of each question. */
    List<String> askedAs() {
        return List.copyOf(askedAs);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String credentials = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            askedAs.add(credentials);
            boolean known = credentials.equals("Basic "
                    + Base64.getEncoder().encodeToString("CONTOSO\\pki:s3cret".getBytes(StandardCharsets.UTF_8)));
            if (!everybody && (!known || !scheme.startsWith("Basic"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", scheme);
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (!exchange.getRequestURI().getPath().endsWith("/")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = shown().getBytes(StandardCharsets.UTF_16LE);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized String shown() {
        if (open.size() >= most) {
            return FULL;
        }
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        String password = HexFormat.of().withUpperCase().formatHex(bytes);
        if (page.contains("%s")) {
            open.add(password);
            given.add(password);
        }
        return page.replace("%s", password);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
