package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import io.certwright.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that speak TLS and are no ACME server, or a bad one: one sentence, the right kind, and an end in time. */
class AcmeGarbageTest {
    private static final TestSealer SEALER = new TestSealer();
    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final TestCa ROOT =
            TestCa.root("CN=Garbage Root", Clock.systemUTC().instant());

    @TempDir
    Path folder;

    @Test
    void an_error_page_with_status_200_is_no_directory() throws Exception {
        assertFails(
                answering("200 OK", "Content-Type: text/html", "<html>guest network</html>"),
                FailureKind.MALFORMED_ANSWER,
                "the CA gives an answer that is none of ACME (");
    }

    @Test
    void a_redirect_to_another_host_is_not_followed() throws Exception {
        assertFails(
                answering("302 Found", "Location: https://elsewhere.certwright.test/dir", ""),
                FailureKind.MALFORMED_ANSWER,
                "the CA gives an answer that is none of ACME (HTTP 302)");
    }

    @Test
    void an_ill_server_is_asked_again_later() throws Exception {
        assertFails(
                answering("503 Service Unavailable", "Retry-After: 120", ""),
                FailureKind.UNREACHABLE,
                "the CA answers with an error of its own: HTTP 503; it is asked again later");
    }

    @Test
    void a_rate_limit_is_kept_to_as_long_as_the_CA_says() throws Exception {
        String problem = "{\"type\":\"urn:ietf:params:acme:error:rateLimited\",\"detail\":\"too many\\nnew accounts\"}";
        LifecycleException failure = assertFails(
                answering(
                        "429 Too Many Requests",
                        "Content-Type: application/problem+json\r\nRetry-After: 7200",
                        problem),
                FailureKind.THROTTLED,
                "the CA asks to come back later: \"too many\\u000anew accounts\" (rateLimited); it is asked again in ");
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(115), Duration.ofMinutes(121));
    }

    @Test
    void a_rate_limit_until_a_date_is_kept_to() throws Exception {
        String date = java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3_600).atOffset(java.time.ZoneOffset.UTC));
        LifecycleException failure = assertFails(
                answering(
                        "429 Too Many Requests",
                        "Content-Type: application/problem+json\r\nRetry-After: " + date,
                        "{\"type\":\"urn:ietf:params:acme:error:rateLimited\"}"),
                FailureKind.THROTTLED,
                "the CA asks to come back later: ");
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
    }

    @Test
    void an_endless_answer_is_cut_off() throws Exception {
        TestServer.Conversation endless = caller -> {
            readHead(caller);
            caller.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"));
            byte[] spaces = new byte[64 * 1024];
            java.util.Arrays.fill(spaces, (byte) ' ');
            while (true) {
                caller.getOutputStream().write(spaces);
            }
        };
        assertFails(
                endless,
                FailureKind.MALFORMED_ANSWER,
                "the CA gives an answer that is none of ACME (the answer is longer than 1024 kB)");
    }

    @Test
    void a_server_that_never_answers_is_given_up_after_ten_seconds() throws Exception {
        long start = System.nanoTime();
        LifecycleException failure =
                assertFails(caller -> Thread.sleep(60_000), FailureKind.UNREACHABLE, "the CA cannot be reached (");
        // The limits of connecting, which includes TLS, and of the answer end in the same instant: either may be the
        // one that is told.
        assertThat(failure.getMessage())
                .containsAnyOf(
                        "(HttpTimeoutException: no complete answer within 10 s)",
                        "(HttpConnectTimeoutException: HTTP connect timed out)");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
    }

    @Test
    void a_server_that_nobody_here_vouches_for_is_not_talked_to() throws Exception {
        try (TestServer server = serverWith(answering("200 OK", "Content-Type: application/json", "{}"))) {
            Path stranger = folder.resolve("stranger.pem");
            Files.writeString(
                    stranger,
                    PemCodec.certificate(
                            TestCa.root("CN=Stranger", Instant.now()).certificate()));
            LifecycleException failure = failureOf(server, stranger);
            assertThat(failure.code()).isEqualTo("CA_TLS_UNTRUSTED");
            assertThat(failure)
                    .hasMessageStartingWith(
                            "issuer pebble: asking for wsus01, the CA shows a TLS certificate that is not trusted here (")
                    .hasMessageEndingWith("; if it is the right CA, write the file with its root into tls-trust");
        }
    }

    @Test
    void a_directory_that_leads_to_plain_http_is_not_followed() throws Exception {
        String directory = "{\"newNonce\":\"http://127.0.0.1:1/n\",\"newAccount\":\"http://127.0.0.1:1/a\","
                + "\"newOrder\":\"http://127.0.0.1:1/o\"}";
        assertFails(
                answering("200 OK", "Content-Type: application/json", directory),
                FailureKind.UNREACHABLE,
                "the address http://127.0.0.1 is not https, so it is not asked");
    }

    @Test
    void a_CA_that_is_not_there_is_out_of_reach() throws Exception {
        TestServer gone = serverWith(answering("200 OK", "", ""));
        gone.close();
        LifecycleException failure = failureOf(gone, trusted());
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("the CA cannot be reached (ConnectException: ");
    }

    private LifecycleException assertFails(TestServer.Conversation conversation, FailureKind kind, String words)
            throws Exception {
        try (TestServer server = serverWith(conversation)) {
            LifecycleException failure = failureOf(server, trusted());
            assertThat(failure)
                    .hasMessageStartingWith("issuer pebble: asking for wsus01, ")
                    .hasMessageContaining(words);
            assertThat(failure.getMessage().lines()).hasSize(1);
            assertThat(failure.kind()).isEqualTo(kind);
            return failure;
        }
    }

    private LifecycleException failureOf(TestServer server, Path trusted) {
        AcmeSettings settings = new AcmeSettings(
                URI.create("https://127.0.0.1:" + server.port() + "/dir"),
                new HttpAccess(List.of(trusted), Optional.empty()),
                List.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(AcmeBench.listening(1)),
                Optional.empty());
        return catchThrowableOfType(
                LifecycleException.class,
                () -> AcmeBench.issuer(settings, new MemoryIssuerMemory(), SEALER)
                        .request(TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test")));
    }

    private Path trusted() throws IOException {
        return Files.writeString(folder.resolve("root.pem"), PemCodec.certificate(ROOT.certificate()));
    }

    private static TestServer serverWith(TestServer.Conversation conversation) {
        var leaf = ROOT.leaf("localhost").ips("127.0.0.1");
        return TestServer.tls(leaf.keyPair(), List.of(leaf.certificate()), settings -> {}, conversation);
    }

    private static TestServer.Conversation answering(String status, String headers, String body) {
        return caller -> {
            readHead(caller);
            String head = "HTTP/1.1 " + status + "\r\n" + (headers.isEmpty() ? "" : headers + "\r\n")
                    + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n";
            caller.getOutputStream().write(ascii(head + body));
        };
    }

    private static void readHead(Socket caller) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = caller.getInputStream().read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
