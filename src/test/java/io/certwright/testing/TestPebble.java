package io.certwright.testing;

import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.PemCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;

/**
 * Let's Encrypt's ACME server for tests, from the PATH, on loopback. It forgets everything when it is restarted. Tests that need it
 * are visibly skipped where it is absent.
 */
public final class TestPebble implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final Map<String, String> environment;
    private final String dnsServer;
    private final int port = FreePorts.one();
    private final int managementPort = FreePorts.one();
    private final int httpPort = FreePorts.one();
    private final TestCa tlsRoot = TestCa.root("CN=Pebble TLS Root", Instant.now());
    private final HttpClient client;
    private Process process;

    private TestPebble(Path folder, Map<String, String> environment, String dnsServer, String externalAccounts) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.dnsServer = dnsServer;
        try {
            Files.createDirectories(folder);
            var leaf = tlsRoot.leaf("localhost").ips("127.0.0.1");
            Files.writeString(folder.resolve("tls.pem"), PemCodec.certificate(leaf.certificate()));
            PemCodec.privateKey(leaf.keyPair().getPrivate()).open(bytes -> write("tls.key", bytes));
            Files.writeString(folder.resolve("tls-root.pem"), PemCodec.certificate(tlsRoot.certificate()));
            Files.writeString(folder.resolve("pebble.json"), settings(externalAccounts));
            client = HttpClient.newBuilder().sslContext(trusting(tlsRoot)).build();
            process = start();
            awaitReady();
        } catch (Exception failed) {
            throw new AssertionError("pebble does not start", failed);
        }
    }

    public static final String EAB_ID = "kid-1";
    public static final String EAB_KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    /** With real validation, names resolved by the DNS server. */
    public static TestPebble start(Path folder, String dnsServer, Map<String, String> environment) {
        assumeThere();
        return new TestPebble(folder, environment, dnsServer, "");
    }

    /** Takes only accounts that are bound to {@link #EAB_ID}. */
    public static TestPebble startWithExternalAccounts(Path folder, String dnsServer) {
        assumeThere();
        return new TestPebble(
                folder,
                Map.of(),
                dnsServer,
                ", \"externalAccountBindingRequired\": true, \"externalAccountMACKeys\": {\"" + EAB_ID + "\": \""
                        + EAB_KEY + "\"}");
    }

    private static void assumeThere() {
        Assumptions.assumeTrue(Programs.isThere("pebble"), "pebble is not on the PATH");
    }

    public URI directory() {
        return URI.create("https://127.0.0.1:" + port + "/dir");
    }

    public int port() {
        return port;
    }

    /** Trusts its TLS. */
    public SSLContext trust() {
        return client.sslContext();
    }

    /** How many certificates it has issued, over all its starts. */
    public long issued() throws IOException {
        return log().lines()
                .filter(line -> line.contains("Issued certificate serial"))
                .count();
    }

    /** Where it looks for answers to http-01. */
    public int httpPort() {
        return httpPort;
    }

    /** Vouches for its own TLS. */
    public Path tlsRoot() {
        return folder.resolve("tls-root.pem");
    }

    /** The root of what it issues, of this start. */
    public Path root() {
        return folder.resolve("root.pem");
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** On the same ports, with a new root and no memory. */
    public void restart() throws Exception {
        kill();
        process = start();
        awaitReady();
    }

    /** Of the named certificate in hex: {@code Valid} or {@code Revoked}. */
    public String statusOf(String serial) throws Exception {
        String answer = get("/cert-status-by-serial/" + serial);
        return answer.contains("\"Revoked\"") ? "Revoked" : answer.contains("\"Valid\"") ? "Valid" : answer;
    }

    /** The common name of the root that alternate chains lead to. */
    public String otherRootName() throws Exception {
        byte[] pem = get("/roots/1").getBytes(StandardCharsets.US_ASCII);
        String subject = CertificateFiles.parse("other root", pem)
                .certificates()
                .get(0)
                .getSubjectX500Principal()
                .getName();
        return subject.substring("CN=".length());
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "pebble", "-config", folder.resolve("pebble.json").toString(), "-dnsserver", dnsServer)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("pebble.log").toFile()));
        Map<String, String> all = new HashMap<>(Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "0"));
        all.putAll(environment);
        builder.environment().putAll(all);
        return builder.start();
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Files.writeString(root(), get("/roots/0"));
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("pebble.log")), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + managementPort + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private String settings(String more) {
        return """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": 1, "ocspResponderURL": "",
                  "domainBlocklist": ["blocked-domain.example"]%s}}
                """.formatted(
                        port, managementPort, folder.resolve("tls.pem"), folder.resolve("tls.key"), httpPort, more);
    }

    private int write(String file, byte[] content) {
        try {
            Files.write(folder.resolve(file), content);
            return content.length;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static SSLContext trusting(TestCa root) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("pebble.log"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
