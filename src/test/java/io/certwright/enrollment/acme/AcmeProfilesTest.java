package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
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

/**
 * Profiles (draft-ietf-acme-profiles), which Debian's pebble does not have: a relay in front of it offers them and looks into each
 * order. It shows what we say; that a CA issues by it, nobody shows here.
 */
class AcmeProfilesTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final String ORDERS = "/order-plz";
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\":\"([A-Za-z0-9_-]*)\"");

    @TempDir
    Path folder;

    private TestNames names;
    private TestPebble pebble;
    private FaultyRelay relay;

    @BeforeEach
    void offerProfiles() throws Exception {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of());
        relay = FaultyRelay.to(pebble.port(), pebble.trust());
        relay.edit(
                "/dir",
                "X-Relay: edited",
                body -> body.replaceFirst(
                        "\"meta\": \\{",
                        "\"meta\": {\"profiles\": {\"classic\": \"as ever\", \"shortlived\": \"six days\"},"));
        Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
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

    private AcmeIssuer issuer(Optional<String> profile) {
        return AcmeBench.issuer(
                new AcmeSettings(
                        URI.create("https://127.0.0.1:" + relay.port() + "/dir"),
                        new HttpAccess(List.of(folder.resolve("relay.pem")), Optional.empty()),
                        List.of(),
                        true,
                        Optional.empty(),
                        profile,
                        Optional.empty(),
                        List.of(pebble.root()),
                        Optional.of(AcmeBench.listening(pebble.httpPort())),
                        Optional.empty()),
                new MemoryIssuerMemory(),
                SEALER);
    }

    private static EnrollmentRequest request() {
        return TestRequests.fresh(SEALER, KeySpec.P_256, Clock.systemUTC().instant(), "wsus.certwright.test");
    }

    private List<String> orders() {
        return relay.requests().stream()
                .filter(text -> text.startsWith("POST " + ORDERS))
                .map(AcmeProfilesTest::payloadOf)
                .toList();
    }

    private static String payloadOf(String request) {
        Matcher payload = PAYLOAD.matcher(request);
        assertThat(payload.find()).isTrue();
        return new String(Base64.getUrlDecoder().decode(payload.group(1)), StandardCharsets.UTF_8);
    }

    @Test
    void an_order_names_the_profile_of_the_settings_and_none_where_they_have_none() throws Exception {
        assertThat(issuer(Optional.of("shortlived")).test()).contains(", profile shortlived is offered; ");
        assertThat(issuer(Optional.of("shortlived")).request(request())).isInstanceOf(Issued.class);
        assertThat(issuer(Optional.empty()).request(request())).isInstanceOf(Issued.class);
        assertThat(orders()).hasSize(2);
        assertThat(orders().get(0)).contains("\"profile\":\"shortlived\"");
        assertThat(orders().get(1)).doesNotContain("profile");
    }

    @Test
    void a_profile_that_is_not_offered_is_refused_before_anything_is_ordered() {
        assertThat(catchThrowableOfType(
                        LifecycleException.class,
                        () -> issuer(Optional.of("tlsserver")).request(request())))
                .hasMessage(
                        "issuer pebble: profile got \"tlsserver\", wanted one that the CA offers: classic, shortlived");
        assertThat(orders()).isEmpty();
    }

    @Test
    void a_profile_that_the_ca_offers_and_does_not_give_is_a_denial_with_its_words() throws Exception {
        relay.rewrite(ORDERS, answer -> """
                HTTP/1.1 400 Bad Request\r
                Connection: close\r
                Content-Type: application/problem+json\r
                \r
                {"type": "urn:ietf:params:acme:error:invalidProfile", "detail": "shortlived is for others", "status": 400}""");
        assertThat(issuer(Optional.of("shortlived")).request(request()))
                .isEqualTo(new Denied("issuer pebble denied the certificate for wsus.certwright.test:"
                        + " \"shortlived is for others\" (invalidProfile)"));
    }
}
