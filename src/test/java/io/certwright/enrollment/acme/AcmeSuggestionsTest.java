package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.RenewalWindow;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewal information (RFC 9773), which pebble does not have: a relay in front of it adds what the RFC says. */
class AcmeSuggestionsTest {
    private static final TestSealer SEALER = new TestSealer();
    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant NOW = Clock.systemUTC().instant();

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private TestNames names;
    private TestPebble pebble;
    private FaultyRelay relay;
    private AcmeIssuer issuer;
    private IssuedCertificate issued;

    @BeforeEach
    void issueOne() throws Exception {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of());
        relay = FaultyRelay.to(pebble.port(), pebble.trust());
        relay.edit(
                "/dir",
                "X-Relay: edited",
                body -> body.replaceFirst("\\{", "{\"renewalInfo\": \"https://127.0.0.1:" + relay.port() + "/ari\","));
        Path root = Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
        issuer = AcmeBench.issuer(
                new AcmeSettings(
                        URI.create("https://127.0.0.1:" + relay.port() + "/dir"),
                        new HttpAccess(List.of(root), Optional.empty()),
                        List.of(),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(AcmeBench.listening(pebble.httpPort())),
                        Optional.empty()),
                memory,
                SEALER);
        issued = ((Issued) issuer.request(request(Optional.empty()))).certificate();
        relay.spoil(-1, FaultyRelay.Fault.HTML);
    }

    @AfterEach
    void stopServers() throws Exception {
        if (relay != null) {
            relay.close();
        }
        if (pebble != null) {
            pebble.close();
        }
        if (names != null) {
            names.close();
        }
    }

    private void says(String headers, String window) {
        relay.edit(
                "/ari/",
                headers,
                body -> "{\"suggestedWindow\": " + window
                        + ", \"explanationURL\": \"https://ca.certwright.test/why\"}");
    }

    @Test
    void what_the_ca_says_is_kept_and_it_is_asked_again_when_it_wishes() throws Exception {
        says("Retry-After: 21600", "{\"start\": \"2026-12-01T00:00:00Z\", \"end\": \"2026-12-02T00:00:00Z\"}");
        assertThat(issuer.refreshSuggestion(issued, NOW)).isTrue();
        assertThat(issuer.findSuggestion(issued))
                .contains(new RenewalWindow(
                        Instant.parse("2026-12-01T00:00:00Z"),
                        Instant.parse("2026-12-02T00:00:00Z"),
                        Optional.of("https://ca.certwright.test/why")));
        int asked = relay.exchanges();
        assertThat(issuer.refreshSuggestion(issued, NOW.plus(Duration.ofHours(5))))
                .isFalse();
        assertThat(relay.exchanges()).isEqualTo(asked);
        says("Retry-After: 21600", "{\"start\": \"2026-11-25T00:00:00Z\", \"end\": \"2026-11-26T00:00:00Z\"}");
        assertThat(issuer.refreshSuggestion(issued, NOW.plus(Duration.ofHours(7))))
                .isTrue();
        assertThat(issuer.refreshSuggestion(issued, NOW.plus(Duration.ofHours(14))))
                .isFalse();
        assertThat(relay.asked()).filteredOn(line -> line.contains("/ari/")).hasSize(3);
    }

    @Test
    void the_certificate_is_named_by_key_identifier_and_serial_with_its_sign_octet() throws Exception {
        says("X-Relay: edited", "{\"start\": \"2026-12-01T00:00:00Z\", \"end\": \"2026-12-02T00:00:00Z\"}");
        issuer.refreshSuggestion(issued, NOW);
        String serial = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(issued.leaf().getSerialNumber().toByteArray());
        assertThat(relay.asked())
                .anySatisfy(line ->
                        assertThat(line).matches("GET /ari/[A-Za-z0-9_-]+\\." + Pattern.quote(serial) + " HTTP/1.1"));
    }

    @Test
    void a_window_that_ends_before_it_starts_means_nothing_and_is_not_kept() throws Exception {
        says("X-Relay: edited", "{\"start\": \"2026-12-02T00:00:00Z\", \"end\": \"2026-12-01T00:00:00Z\"}");
        LifecycleException failure =
                catchThrowableOfType(LifecycleException.class, () -> issuer.refreshSuggestion(issued, NOW));
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(issuer.findSuggestion(issued)).isEmpty();
    }

    @Test
    void an_answer_without_a_window_means_nothing() {
        says("X-Relay: edited", "17");
        LifecycleException failure =
                catchThrowableOfType(LifecycleException.class, () -> issuer.refreshSuggestion(issued, NOW));
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void the_next_order_says_what_it_replaces() throws Exception {
        says("X-Relay: edited", "{\"start\": \"2026-12-01T00:00:00Z\", \"end\": \"2026-12-02T00:00:00Z\"}");
        issuer.refreshSuggestion(issued, NOW);
        relay.spoil(-1, FaultyRelay.Fault.HTML);
        assertThat(issuer.request(request(Optional.of(issued)))).isInstanceOf(Issued.class);
        String order = relay.requests().stream()
                .filter(text -> text.startsWith("POST /order-plz"))
                .findFirst()
                .map(AcmeSuggestionsTest::payloadOf)
                .orElseThrow();
        assertThat(order).containsPattern("\"replaces\":\"[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\"");
    }

    @Test
    void a_certificate_of_another_ca_is_not_said_to_be_replaced() throws Exception {
        assertThat(issuer.request(request(Optional.of(issued)))).isInstanceOf(Issued.class);
        assertThat(relay.requests())
                .filteredOn(text -> text.startsWith("POST /order-plz"))
                .extracting(AcmeSuggestionsTest::payloadOf)
                .singleElement()
                .asString()
                .contains("identifiers")
                .doesNotContain("replaces");
    }

    private static String payloadOf(String request) {
        Matcher payload = Pattern.compile("\"payload\":\"([A-Za-z0-9_-]*)\"").matcher(request);
        assertThat(payload.find()).isTrue();
        return new String(Base64.getUrlDecoder().decode(payload.group(1)), StandardCharsets.UTF_8);
    }

    private static EnrollmentRequest request(Optional<IssuedCertificate> predecessor) {
        EnrollmentRequest fresh = TestRequests.fresh(SEALER, KeySpec.P_256, NOW, "wsus.certwright.test");
        return new EnrollmentRequest(
                fresh.intent(),
                fresh.certificate(),
                fresh.names(),
                fresh.csr(),
                fresh.key(),
                predecessor.map(old -> new Predecessor(old, new IssuerName("le"), Optional.empty())),
                fresh.intendedAt());
    }
}
