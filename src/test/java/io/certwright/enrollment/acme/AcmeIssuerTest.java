package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.CertificateReader;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.PollPause;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.simulated.TlsFront;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With pebble, which really validates, and BIND, which really checks signatures of updates. */
class AcmeIssuerTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final String WEB_ROOT = "C:\\inetpub\\wwwroot";
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    @TempDir
    static Path folder;

    private static TestNames names;
    private static TestPebble pebble;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();

    @BeforeAll
    static void startServers() {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of("PEBBLE_ALTERNATE_ROOTS", "1"));
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (pebble != null) {
            pebble.close();
        }
        if (names != null) {
            names.close();
        }
    }

    @Test
    void a_wildcard_and_its_domain_are_proven_in_dns_together() throws Exception {
        IssuedCertificate issued = issued(issuer(dns01()).request(request("*.certwright.test", "certwright.test")));
        assertThat(CertificateReader.read(issued.leaf()).dnsNames())
                .containsExactlyInAnyOrder("*.certwright.test", "certwright.test");
    }

    @Test
    void a_wildcard_is_not_asked_for_where_only_http_01_is_set_up() {
        assertThat(failureOf(AcmeBench.http01(pebble), request("*.certwright.test")))
                .hasMessage(
                        "issuer pebble: for \"certwright.test\" of wsus01 the CA offers [dns-01], set up is [http-01];"
                                + " set up one that it offers (wildcards need dns-01)")
                .extracting(LifecycleException::kind)
                .isEqualTo(FailureKind.REFUSED);
    }

    @Test
    void answers_are_shown_in_the_folder_of_a_web_server_and_taken_away_again() throws Exception {
        Path root = Files.createDirectories(folder.resolve("web"));
        HttpServer web =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), pebble.httpPort()), 0);
        web.createContext("/", exchange -> {
            byte[] body = Files.readAllBytes(
                    root.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        web.start();
        try {
            Http01Settings inFolder = Http01Settings.inFolder(root);
            AcmeSettings settings = AcmeBench.settings(pebble, Optional.of(inFolder), Optional.empty());
            assertThat(issuer(settings).request(request("wsus.certwright.test")))
                    .isInstanceOf(Issued.class);
        } finally {
            web.stop(0);
        }
        try (var left = Files.list(root.resolve(".well-known/acme-challenge"))) {
            assertThat(left).isEmpty();
        }
    }

    /** Validated over real HTTP at the simulated server, which serves the files with the {@code web.config} beside them alone. */
    @Test
    void answers_are_shown_by_the_site_of_a_windows_host_and_taken_away_again() throws Exception {
        SimulatedServer server = new SimulatedServer("wsus01", 17763, Clock.systemUTC(), new SecureRandom());
        server.addSite(1, "Default Web Site");
        server.addBinding(1, "http", "*:" + pebble.httpPort() + ":", 0);
        server.serveFolder(1, WEB_ROOT);
        AcmeSettings settings =
                AcmeBench.settings(pebble, Optional.of(Http01Settings.onHost("wsus01", WEB_ROOT)), Optional.empty());
        try (TlsFront front = TlsFront.open(server, List.of("127.0.0.1"))) {
            AcmeIssuer issuer = AcmeBench.issuer(settings, memory, SEALER, name -> server.host());
            IssuedCertificate issued = issued(issuer.request(request("wsus.certwright.test")));
            assertThat(CertificateReader.read(issued.leaf()).dnsNames()).containsExactly("wsus.certwright.test");
            assertThat(issuer.test()).endsWith("; http-01 can write to \"C:\\inetpub\\wwwroot\" of host wsus01");
            assertThat(server.challengeFiles(WEB_ROOT)).isEmpty();

            server.startSite(1, false);
            assertThat(failureOf(issuer, request("wsus2.certwright.test")).code())
                    .isEqualTo("VALIDATION_FAILED");
        }
        assertThat(server.challengeFiles(WEB_ROOT)).isEmpty();
        assertThat(server.called())
                .containsSubsequence("Set-ChallengeAnswer", "Remove-ChallengeAnswer", "Set-ChallengeAnswer");
    }

    @Test
    void a_name_that_does_not_lead_here_is_told_in_the_words_of_the_CA() {
        LifecycleException failure = failureOf(AcmeBench.http01(pebble), request("absent.certwright.test"));
        assertThat(failure.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "issuer pebble: the CA did not believe that \"absent.certwright.test\" is ours by http-01: \"")
                .hasMessageEndingWith("; make sure that the CA's own machines see the answer from outside");
    }

    @Test
    void after_a_name_was_not_believed_a_new_order_is_placed() throws Exception {
        EnrollmentRequest request = request("wsus.certwright.test");
        AcmeSettings wrong = AcmeBench.settings(
                pebble, Optional.of(Http01Settings.listening(Endpoint.of("192.0.2.1", 80))), Optional.empty());
        assertThat(failureOf(wrong, request))
                .hasMessageContaining("this process could not listen on 192.0.2.1:80 itself");
        assertThat(issuer(AcmeBench.http01(pebble)).request(request)).isInstanceOf(Issued.class);
        assertThat(orderOf(request).number()).isEqualTo(2);
    }

    @Test
    void a_name_that_the_CA_never_issues_for_is_denied_in_its_words() throws Exception {
        assertThat(issuer(AcmeBench.http01(pebble)).request(request("blocked-domain.example")))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.sentence())
                                .startsWith("issuer pebble denied the certificate for blocked-domain.example: \"")
                                .endsWith("(rejectedIdentifier)"));
    }

    @Test
    void an_update_with_a_wrong_key_is_refused_by_the_DNS_server() {
        AcmeSettings settings = AcmeBench.settings(
                pebble, Optional.empty(), Optional.of(AcmeBench.updating(names, "d3Jvbmcga2V5IG9mIHRoZSB0ZXN0")));
        LifecycleException failure = failureOf(settings, request("wsus.certwright.test"));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure)
                .hasMessage("issuer pebble: DNS server 127.0.0.1:" + names.port()
                        + " answers NOTAUTH to the update of \"_acme-challenge.wsus.certwright.test\", wanted NOERROR;"
                        + " check the TSIG key and that it may change TXT records there");
    }

    @Test
    void what_was_revoked_is_revoked_at_the_CA_and_twice_is_harmless() throws Exception {
        AcmeIssuer issuer = issuer(AcmeBench.http01(pebble));
        IssuedCertificate issued = issued(issuer.request(request("wsus.certwright.test")));
        String serial = issued.leaf().getSerialNumber().toString(16);
        assertThat(pebble.statusOf(serial)).isEqualTo("Valid");
        issuer.revoke(issued, RevocationReason.SUPERSEDED, Instant.now());
        issuer.revoke(issued, RevocationReason.SUPERSEDED, Instant.now());
        assertThat(pebble.statusOf(serial)).isEqualTo("Revoked");
    }

    @Test
    void another_chain_is_taken_by_the_name_of_its_root() throws Exception {
        String usual = rootNameOf(issued(issuer(AcmeBench.http01(pebble)).request(request("wsus.certwright.test"))));
        assertThat(usual).startsWith("CN=Pebble Root CA");
        String other = pebble.otherRootName();
        AcmeSettings settings = with(AcmeBench.http01(pebble), Optional.empty(), Optional.of(other));
        assertThat(rootNameOf(issued(issuer(settings).request(request("wsus.certwright.test")))))
                .isEqualTo("CN=" + other)
                .isNotEqualTo(usual);
    }

    @Test
    void a_profile_that_the_CA_does_not_have_is_refused_before_anything_is_ordered() {
        AcmeSettings settings = with(AcmeBench.http01(pebble), Optional.of("shortlived"), Optional.empty());
        assertThat(failureOf(settings, request("wsus.certwright.test")))
                .hasMessage("issuer pebble: profile got \"shortlived\", wanted one that the CA offers: it has none");
    }

    @Test
    void a_CA_killed_and_restarted_in_mid_order_that_forgot_everything_is_asked_anew() throws Exception {
        try (TestPebble own = TestPebble.start(folder.resolve("restarted"), names.address(), Map.of())) {
            boolean[] restarted = {false};
            AcmeSettings settings = AcmeBench.settings(own, Optional.empty(), Optional.of(settling()));
            AcmeIssuer issuer = issuer(settings, duration -> {
                if (!restarted[0]) {
                    restarted[0] = true;
                    restart(own);
                }
            });
            EnrollmentRequest request = request("wsus.certwright.test");
            assertThat(issuer.request(request)).isInstanceOf(Issued.class);
            assertThat(restarted[0]).isTrue();
            assertThat(orderOf(request).number()).isEqualTo(2);
            assertThat(own.issued()).isEqualTo(1);
        }
    }

    @Test
    void after_a_crash_in_mid_order_the_same_order_is_gone_on_with() throws Exception {
        EnrollmentRequest request = request("wsus.certwright.test");
        AcmeSettings settings = AcmeBench.settings(pebble, Optional.empty(), Optional.of(settling()));
        AcmeIssuer dying = issuer(settings, duration -> {
            throw new Killed();
        });
        assertThat(catchThrowableOfType(Killed.class, () -> dying.request(request)))
                .isNotNull();
        OrderNote left = orderOf(request);
        assertThat(issuer(settings).lookUp(request)).get().isInstanceOf(Issued.class);
        assertThat(orderOf(request).address()).isEqualTo(left.address());
    }

    @Test
    void an_account_is_bound_to_one_at_the_CA_where_it_wants_that() throws Exception {
        try (TestPebble bound = TestPebble.startWithExternalAccounts(folder.resolve("bound"), names.address())) {
            assertThat(failureOf(AcmeBench.http01(bound), request("wsus.certwright.test")))
                    .hasMessage(
                            "issuer pebble: the CA binds accounts to accounts of its customers; write external-account"
                                    + " with the id and key that it gave you into the settings")
                    .extracting(LifecycleException::kind)
                    .isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(issuer(boundTo(bound, TestPebble.EAB_KEY)).request(request("wsus.certwright.test")))
                    .isInstanceOf(Issued.class);
            MemoryIssuerMemory other = new MemoryIssuerMemory();
            LifecycleException wrongKey = catchThrowableOfType(
                    LifecycleException.class,
                    () -> AcmeBench.issuer(
                                    boundTo(bound, "d3Jvbmcga2V5IG9mIHRoZSB0ZXN0LCBsb25nIGVub3VnaCBmb3IgSFMyNTY"),
                                    other,
                                    SEALER)
                            .request(request("wsus.certwright.test")));
            assertThat(wrongKey.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        }
    }

    @Test
    void the_account_key_lies_sealed_and_the_account_is_used_again() throws Exception {
        AcmeIssuer issuer = issuer(AcmeBench.http01(pebble));
        assertThat(issuer.test())
                .isEqualTo("acme issuer pebble: " + pebble.directory()
                        + " answers, no account yet, it is registered with the first request; http-01 can answer on 127.0.0.1:"
                        + pebble.httpPort());
        issued(issuer.request(request("wsus.certwright.test")));
        assertThat(issuer(AcmeBench.http01(pebble)).test()).contains(" answers, the account is known; ");
        AccountFact account = AccountFact.decode(
                memory.list(AcmeBench.NAME, Accounts.KIND).get(0).value());
        assertThat(account.location()).isPresent();
        assertThat(new AccountStock(memory).countByMasterKey()).isEqualTo(Map.of("test", 1L));
    }

    private static void restart(TestPebble own) {
        try {
            own.restart();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    /** What ends a process, as far as a test can. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Dns01Settings settling() {
        Dns01Settings plain = AcmeBench.updating(names, TestNames.KEY);
        return new Dns01Settings(plain.server(), plain.tsig(), plain.zone(), plain.hook(), A_MOMENT);
    }

    private static AcmeSettings dns01() {
        return AcmeBench.settings(pebble, Optional.empty(), Optional.of(AcmeBench.updating(names, TestNames.KEY)));
    }

    private static AcmeSettings with(AcmeSettings plain, Optional<String> profile, Optional<String> chain) {
        return new AcmeSettings(
                plain.directory(),
                plain.access(),
                plain.contact(),
                plain.termsAccepted(),
                plain.external(),
                profile,
                chain,
                plain.anchors(),
                plain.http01(),
                plain.dns01());
    }

    private static AcmeSettings boundTo(TestPebble bound, String key) {
        AcmeSettings plain = AcmeBench.http01(bound);
        return new AcmeSettings(
                plain.directory(),
                plain.access(),
                List.of(),
                true,
                Optional.of(new ExternalAccount(TestPebble.EAB_ID, SecretText.of(key))),
                Optional.empty(),
                Optional.empty(),
                plain.anchors(),
                plain.http01(),
                plain.dns01());
    }

    private AcmeIssuer issuer(AcmeSettings settings) {
        return AcmeBench.issuer(settings, memory, SEALER);
    }

    private AcmeIssuer issuer(AcmeSettings settings, PollPause pause) {
        return new AcmeIssuer(
                AcmeBench.NAME,
                settings,
                new AcmeParts(memory, SEALER, Clock.systemUTC(), new SecureRandom(), pause, AcmeBench::noHost));
    }

    private LifecycleException failureOf(AcmeSettings settings, EnrollmentRequest request) {
        return failureOf(issuer(settings), request);
    }

    private static LifecycleException failureOf(AcmeIssuer issuer, EnrollmentRequest request) {
        return catchThrowableOfType(LifecycleException.class, () -> issuer.request(request));
    }

    private OrderNote orderOf(EnrollmentRequest request) throws Exception {
        return new Orders(AcmeBench.NAME, memory, Clock.systemUTC())
                .find(request)
                .orElseThrow();
    }

    private static String rootNameOf(IssuedCertificate issued) {
        var chain = issued.chain().certificates();
        return chain.get(chain.size() - 1).getIssuerX500Principal().getName();
    }

    private static IssuedCertificate issued(EnrollmentResult result) {
        assertThat(result).isInstanceOf(Issued.class);
        return ((Issued) result).certificate();
    }

    private static EnrollmentRequest request(String... dns) {
        return TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), dns);
    }
}
