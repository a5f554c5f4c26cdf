package io.certwright.enrollment.est;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** An EST server written from RFC 7030 and RFC 8951 without a line of our client; treats us well or badly. */
final class TestEstServer implements AutoCloseable {
    enum Mood {
        ISSUES,
        /** Each connection ends before anything is said. */
        TAKES_NO_CALLS,
        ISSUES_AMONG_STRANGERS,
        PENDS,
        PENDS_UNTIL_A_DATE,
        DENIES,
        KNOWS_NOBODY,
        WANTS_DIGEST,
        IS_BUSY,
        IS_ILL,
        LOSES_ITS_ANSWER,
        GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY,
        SENDS_A_WEB_PAGE,
        CUTS_ITS_ANSWER_SHORT,
        SENDS_NOTHING,
        NEVER_STOPS,
        REDIRECTS
    }

    private static final long HUNDRED_MEGABYTES = 100L * 1024 * 1024;
    private static final byte[] BLOCK = "MIIC".repeat(16 * 1024).getBytes(StandardCharsets.US_ASCII);

    private final TestCa root = TestCa.root("CN=EST Test Root", Instant.now());
    private final TestCa issuing = root.intermediate("CN=EST Test Issuing");
    private final HttpsServer server;
    private final AtomicInteger issued = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ISSUES;
    private volatile Mood renewing = Mood.ISSUES;
    private volatile byte[] wishes = {};
    private volatile String known = "";
    private volatile boolean looksAtTheRequestFirst;

    /** Whether TLS asks clients for a certificate. */
    enum ClientCertificates {
        UNASKED,
        WANTED,
        NEEDED
    }

    TestEstServer() {
        this(ClientCertificates.UNASKED);
    }

    TestEstServer(ClientCertificates certificates) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new Asking(context(), certificates));
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "test-est");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/.well-known/est/", this::answer);
            server.start();
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        TestCertificate leaf = root.leaf("localhost").ips("127.0.0.1");
        X509Certificate certificate = leaf.certificate();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", leaf.keyPair().getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusting(), null);
        return context;
    }

    private TrustManager[] trusting() throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", root.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
        return trust.getTrustManagers();
    }

    /** For others who speak to it. */
    SSLContext trust() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusting(), null);
        return context;
    }

    private static final class Asking extends HttpsConfigurator {
        private final ClientCertificates certificates;

        Asking(SSLContext context, ClientCertificates certificates) {
            super(context);
            this.certificates = certificates;
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setWantClientAuth(certificates == ClientCertificates.WANTED);
            if (certificates == ClientCertificates.NEEDED) {
                tls.setNeedClientAuth(true);
            }
            parameters.setSSLParameters(tls);
        }
    }

    TestCa root() {
        return root;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void be(Mood next) {
        mood = next;
    }

    /** What renewals get while others get what the mood is. */
    void renew(Mood next) {
        renewing = next;
    }

    /** As DER, or anything else; nothing where it does not answer the question. */
    void wish(byte[] attributes) {
        wishes = attributes.clone();
    }

    /** From now on only who shows this in HTTP, or a certificate in TLS, may ask. */
    void know(String authorization) {
        known = authorization;
    }

    /** Complains of a request before it looks who asks. */
    void lookAtTheRequestFirst() {
        looksAtTheRequestFirst = true;
    }

    /** A client's certificate as this CA would give it, for servers and clients alike. */
    TestCertificate client(String... dns) {
        return issuing.leaf(dns).extendedKeyUsage(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    }

    TestCa issuing() {
        return issuing;
    }

    int issued() {
        return issued.get();
    }

    /** Method, path and as whom: by HTTP, by TLS or as nobody. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (mood == Mood.TAKES_NO_CALLS) {
                return;
            }
            String path = exchange.getRequestURI().getPath();
            Optional<String> client = clientOf(exchange);
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestMethod() + " " + path + " "
                    + (credentials == null ? client.orElse("nobody") : credentials));
            if (path.endsWith("/cacerts")) {
                send(exchange, 200, base64(bundle(issuing.certificate(), root.certificate())));
            } else if (path.endsWith("/csrattrs")) {
                send(exchange, wishes.length == 0 ? 404 : 200, base64(wishes));
            } else {
                boolean stranger = !known.isEmpty() && client.isEmpty() && !known.equals(credentials);
                if (stranger && !looksAtTheRequestFirst) {
                    send(exchange, 401, "Who are you?".getBytes(StandardCharsets.UTF_8));
                    return;
                }
                boolean renewal = path.endsWith("/simplereenroll");
                enroll(exchange, renewal && client.isEmpty() ? Mood.KNOWS_NOBODY : renewal ? renewing : mood);
            }
        } catch (CMSException | GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static Optional<String> clientOf(HttpExchange exchange) {
        try {
            return Optional.of(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
        } catch (SSLPeerUnverifiedException nobody) {
            return Optional.empty();
        }
    }

    private void enroll(HttpExchange exchange, Mood now) throws IOException, CMSException, GeneralSecurityException {
        byte[] csr = Base64.getMimeDecoder().decode(exchange.getRequestBody().readAllBytes());
        if (csr.length == 0 && now == Mood.ISSUES) {
            send(exchange, 400, "no request".getBytes(StandardCharsets.UTF_8));
            return;
        }
        switch (now) {
            case ISSUES -> send(exchange, 200, base64(bundle(leafFor(csr))));
            case TAKES_NO_CALLS -> throw new IOException("no call was taken");
            case ISSUES_AMONG_STRANGERS ->
                send(
                        exchange,
                        200,
                        base64(bundle(
                                root.certificate(),
                                TestCa.root("CN=Stranger", Instant.now()).certificate(),
                                issuing.certificate(),
                                leafFor(csr))));
            case PENDS -> later(exchange, 202, "3600");
            case PENDS_UNTIL_A_DATE -> later(exchange, 202, "Fri, 01 Jan 2027 00:00:00 GMT");
            case DENIES -> send(exchange, 403, "Names outside\r\nof your realm".getBytes(StandardCharsets.UTF_8));
            case KNOWS_NOBODY -> send(exchange, 401, "Who are you?".getBytes(StandardCharsets.UTF_8));
            case WANTS_DIGEST -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Digest realm=\"est\", nonce=\"x\"");
                send(exchange, 401, new byte[0]);
            }
            case IS_BUSY -> later(exchange, 503, "120");
            case IS_ILL -> send(exchange, 500, "<html>oops</html>".getBytes(StandardCharsets.UTF_8));
            case LOSES_ITS_ANSWER -> leafFor(csr);
            case GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY -> send(exchange, 200, base64(bundle(issuing.certificate())));
            case SENDS_A_WEB_PAGE -> send(exchange, 200, "<html>guest network</html>".getBytes(StandardCharsets.UTF_8));
            case CUTS_ITS_ANSWER_SHORT -> {
                byte[] whole = base64(bundle(leafFor(csr)));
                send(exchange, 200, Arrays.copyOf(whole, whole.length / 2));
            }
            case SENDS_NOTHING -> send(exchange, 200, new byte[0]);
            case NEVER_STOPS -> {
                leafFor(csr);
                exchange.sendResponseHeaders(200, HUNDRED_MEGABYTES);
                for (long sent = 0; sent < HUNDRED_MEGABYTES; sent += BLOCK.length) {
                    exchange.getResponseBody().write(BLOCK);
                }
            }
            case REDIRECTS -> {
                exchange.getResponseHeaders().set("Location", "https://elsewhere.certwright.test/");
                send(exchange, 302, new byte[0]);
            }
        }
    }

    private X509Certificate leafFor(byte[] csr) throws IOException {
        issued.incrementAndGet();
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(csr);
        return issuing.leaf("wsus.certwright.test", "wsus2.certwright.test")
                .publicKey(request.getSubjectPublicKeyInfo().getEncoded())
                .certificate();
    }

    private static byte[] bundle(X509Certificate... certificates)
            throws CMSException, GeneralSecurityException, IOException {
        CMSSignedDataGenerator degenerate = new CMSSignedDataGenerator();
        degenerate.addCertificates(new JcaCertStore(List.of(certificates)));
        return degenerate.generate(new CMSAbsentContent()).getEncoded();
    }

    private static byte[] base64(byte[] der) {
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(der);
    }

    private static void later(HttpExchange exchange, int status, String when) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", when);
        send(exchange, status, "come back later".getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
