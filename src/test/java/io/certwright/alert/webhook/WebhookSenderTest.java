package io.certwright.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSender;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.config.SecretText;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages handed to web servers on loopback, well-behaved and other ones. */
final class WebhookSenderTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final UUID ID = new UUID(7, 8);
    private static final String SECRET = "a secret of some thirty characters";
    private static final WebhookLimits SHORT = new WebhookLimits(Duration.ofSeconds(2), Duration.ofMillis(700));

    private record Taken(String path, String id, String timestamp, String signature, String body) {}

    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 204;
    private volatile String retryAfter = "";

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        begin(server);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void begin(HttpServer started) {
        started.createContext("/", this::answer);
        started.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            taken.add(new Taken(
                    exchange.getRequestURI().toString(),
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Test
    void posts_every_fact_of_a_digest_as_json() throws Exception {
        sender().send(digest(alert("wsus01 🔒 שלום \"quoted\"\u0000")));

        assertThat(taken).extracting(Taken::path).containsExactly("/hook?token=s3cret");
        JsonNode json = new ObjectMapper().readTree(taken.get(0).body());
        assertThat(json.get("type").asText()).isEqualTo("certwright.alerts");
        assertThat(json.get("timestamp").asText()).isEqualTo("2026-12-01T12:00:00Z");
        JsonNode data = json.get("data");
        assertThat(data.get("id").asText()).isEqualTo(ID.toString());
        assertThat(data.get("severity").asText()).isEqualTo("URGENT");
        assertThat(data.get("leftOut").asInt()).isZero();
        JsonNode first = data.get("alerts").get(0);
        assertThat(first.get("subject").asText()).isEqualTo("wsus01");
        assertThat(first.get("kind").asText()).isEqualTo("DENIED");
        assertThat(first.get("stage").asText()).isEqualTo("r1");
        assertThat(first.get("message").asText()).isEqualTo("wsus01 🔒 שלום \"quoted\"");
        assertThat(first.get("whatHappened").asText()).isEqualTo("The CA said no.");
        assertThat(first.get("commands").get(0).asText()).isEqualTo("certwright why wsus01");
        assertThat(first.get("noticedAt").asText()).isEqualTo("2026-12-01T12:00:00Z");
    }

    @Test
    void signs_so_that_another_program_can_check_it() throws Exception {
        sender().send(digest(alert("wsus01: denied")));

        Taken message = taken.get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = ID + "." + NOON.getEpochSecond() + "." + message.body();
        assertThat(message.signature())
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(message.id()).isEqualTo(ID.toString());
        assertThat(message.timestamp()).isEqualTo(Long.toString(NOON.getEpochSecond()));
    }

    /** The example of the specification of Standard Webhooks. */
    @Test
    void signs_as_standard_webhooks_does() {
        String signature = Signature.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                SecretText.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void sends_the_same_digest_under_the_same_id() throws LifecycleException {
        sender().send(digest(alert("wsus01: denied")));
        sender().send(digest(alert("wsus01: denied")));

        assertThat(taken).extracting(Taken::id).containsExactly(ID.toString(), ID.toString());
    }

    @Test
    void leaves_out_what_would_not_fit_and_says_how_much() throws Exception {
        List<Alert> many = IntStream.range(0, 10_000)
                .mapToObj(i -> alert("wsus" + i + ": denied"))
                .toList();

        sender().send(new Digest(ID, Recipient.WEBHOOK, many));

        JsonNode data = new ObjectMapper().readTree(taken.get(0).body()).get("data");
        assertThat(data.get("alerts")).hasSize(500);
        assertThat(data.get("leftOut").asInt()).isEqualTo(9_500);
        assertThat(data.get("subject").asText()).endsWith(" (and 9999 more)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | REFUSED | answered 400, wanted 200 to 299; look at its log",
                "500 | REFUSED | answered 500, wanted 200 to 299; look at its log",
                "302 | REFUSED | answered 302, wanted 200 to 299; look at its log",
                "401 | UNAUTHORIZED"
                        + " | answered 401, wanted 200 to 299; check that both sides have the same alerts.webhook.secret",
                "429 | THROTTLED | answered 429, wanted 200 to 299",
                "503 | THROTTLED | answered 503, wanted 200 to 299"
            })
    void tells_each_refusal_without_the_path_which_may_be_a_secret(int answered, FailureKind kind, String sentence) {
        status = answered;

        LifecycleException failure = failure(sender());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("webhook http://127.0.0.1:" + port() + " " + sentence);
        assertThat(taken).extracting(Taken::path).containsExactly("/hook?token=s3cret");
    }

    @Test
    void waits_as_long_as_it_is_asked_to() {
        status = 429;
        retryAfter = "120";

        assertThat(failure(sender()).retryAfter()).contains(Duration.ofMinutes(2));
    }

    @Test
    void says_that_nobody_listens() {
        server.stop(0);

        LifecycleException failure = failure(sender());

        assertThat(failure.code()).isEqualTo("WEBHOOK_UNREACHABLE");
        assertThat(failure)
                .hasMessage("webhook http://127.0.0.1:" + port()
                        + " takes no connection; check that it runs and that alerts.webhook.url is right");
    }

    @Test
    void says_that_a_message_may_have_arrived_whose_answer_is_lost() {
        try (TestServer hangsUp =
                TestServer.tcp(caller -> caller.getInputStream().read())) {
            LifecycleException failure = failure(sender("http://127.0.0.1:" + hangsUp.port()));

            assertThat(failure.code()).isEqualTo(AlertSender.ANSWER_LOST);
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure).hasMessageEndingWith("; it may have taken the message, so the same one is sent again");
        }
    }

    @Test
    void does_not_wait_longer_than_its_limit() {
        try (TestServer silent = TestServer.tcp(caller -> Thread.sleep(60_000))) {
            LifecycleException failure = failure(sender("http://127.0.0.1:" + silent.port()));

            assertThat(failure.code()).isEqualTo(AlertSender.ANSWER_LOST);
            assertThat(failure)
                    .hasMessage("webhook http://127.0.0.1:" + silent.port() + " does not answer within 700 ms;"
                            + " it may have taken the message, so the same one is sent again");
        }
    }

    @Test
    void trusts_a_server_of_an_anchor_and_no_other() throws Exception {
        TestCa ca = TestCa.root("CN=Hook CA", Instant.now());
        TestCertificate here = ca.leaf("localhost").ips("127.0.0.1");
        server.stop(0);
        server = https(here);
        begin(server);

        sender("https://127.0.0.1:" + port(), List.of(ca.anchor())).send(digest(alert("wsus01: denied")));
        LifecycleException failure = failure(sender("https://127.0.0.1:" + port(), List.of()));

        assertThat(taken).hasSize(1);
        assertThat(failure.code()).isEqualTo("WEBHOOK_TLS_FAILED");
        assertThat(failure)
                .hasMessageStartingWith(
                        "webhook https://127.0.0.1:" + port() + " offers no TLS connection that we can trust: ");
    }

    @Test
    void trusts_no_server_whose_certificate_names_another_one() throws Exception {
        TestCa ca = TestCa.root("CN=Hook CA", Instant.now());
        server.stop(0);
        server = https(ca.leaf("hook.fabrikam.com"));
        begin(server);

        LifecycleException failure = failure(sender("https://127.0.0.1:" + port(), List.of(ca.anchor())));

        assertThat(failure.code()).isEqualTo("WEBHOOK_TLS_FAILED");
        assertThat(taken).isEmpty();
    }

    private static HttpServer https(TestCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                certificate.keyPair().getPrivate(),
                new char[0],
                certificate.issue().chain().certificates().toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return https;
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private WebhookSender sender() {
        return sender("http://127.0.0.1:" + port());
    }

    private static WebhookSender sender(String place) {
        return sender(place, List.of());
    }

    private static WebhookSender sender(String place, List<X509Certificate> anchors) {
        try {
            return new WebhookSender(
                    new WebhookSettings(URI.create(place + "/hook?token=s3cret"), SecretText.of(SECRET)),
                    SHORT,
                    ChannelTrust.systemAnd(anchors),
                    new MovableClock(NOON));
        } catch (LifecycleException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static LifecycleException failure(WebhookSender sender) {
        return catchThrowableOfType(LifecycleException.class, () -> sender.send(digest(alert("wsus01: denied"))));
    }

    private static Digest digest(Alert alert) {
        return new Digest(ID, Recipient.WEBHOOK, List.of(alert));
    }

    private static Alert alert(String sentence) {
        return Alert.of(
                AlertKey.of("wsus01", AlertKind.DENIED, "r1"),
                sentence,
                "The CA said no.",
                "Nothing.",
                List.of("certwright why wsus01"),
                NOON);
    }
}
