package io.certwright.enrollment.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Predecessor;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.BasicUser;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that can be used once, from a page like that of NDES. */
class ScepChallengeTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final IssuerName SCEP = new IssuerName("scep");
    private static final BasicUser USER = new BasicUser("CONTOSO\\pki", SecretText.of("s3cret"));
    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST = TestRequests.fresh(
            SEALER, KeySpec.RSA_2048, Clock.systemUTC().instant(), "wsus.certwright.test", "wsus2.certwright.test");

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestScepServer server = new TestScepServer();
    private final TestChallengePage page = new TestChallengePage(server.root());

    @BeforeEach
    void takeWhatThePageGives() {
        server.take(page::use);
    }

    @AfterEach
    void stopServers() {
        page.close();
        server.close();
    }

    private ScepIssuer issuer(Optional<BasicUser> user) throws Exception {
        Path anchor = Files.writeString(
                folder.resolve("root.pem"), PemCodec.certificate(server.root().certificate()));
        ScepSettings settings = new ScepSettings(
                URI.create("http://127.0.0.1:" + server.port() + "/scep"),
                new HttpAccess(List.of(anchor), Optional.empty()),
                Optional.empty(),
                Optional.of(new ChallengeSettings(URI.create(page.url()), user)),
                List.of(anchor),
                "ca",
                Duration.ofMinutes(7));
        return new ScepIssuer(
                SCEP, settings, new ScepParts(memory, SEALER, Clock.systemUTC(), new SecureRandom(), duration -> {}));
    }

    private ScepIssuer issuer() throws Exception {
        return issuer(Optional.of(USER));
    }

    private LifecycleException failure() {
        return catchThrowableOfType(LifecycleException.class, () -> issuer().request(REQUEST));
    }

    @Test
    void each_first_request_has_a_password_of_its_own_that_stays_nowhere() throws Exception {
        page.show(TestChallengePage.GERMAN);
        assertThat(issuer().request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(issuer().request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(page.given()).hasSize(1);
        assertThat(server.asked()).containsExactly("POST 19 AES");
        byte[] password = page.given().get(0).getBytes(StandardCharsets.US_ASCII);
        for (String kind : List.of("asked", "issued")) {
            assertThat(memory.list(SCEP, kind))
                    .isNotEmpty()
                    .noneMatch(fact -> new String(fact.value(), StandardCharsets.ISO_8859_1)
                            .contains(new String(password, StandardCharsets.US_ASCII)));
        }
        assertThat(issuer().warnings()).isEmpty();
    }

    @Test
    void looking_whether_the_ca_is_there_uses_up_no_password() throws Exception {
        assertThat(issuer().test())
                .isEqualTo("scep issuer scep: http://127.0.0.1:" + server.port()
                        + "/scep answers for \"CN=SCEP Test Issuing\", AES, SHA-256, POST, no renewal by the old certificate;"
                        + " its challenge page takes us");
        assertThat(issuer().lookUp(REQUEST)).isEmpty();
        assertThat(page.given()).isEmpty();
    }

    @Test
    void a_user_whom_the_page_does_not_take_is_told_without_a_request() {
        assertThat(catchThrowableOfType(
                        LifecycleException.class,
                        () -> issuer(Optional.of(new BasicUser("pki", SecretText.of("wrong"))))
                                .test()))
                .hasMessage("issuer scep: the page " + page.url()
                        + " answers with HTTP status 401; correct its user and password");
        assertThat(page.given()).isEmpty();
    }

    @Test
    void a_page_that_lets_everybody_in_says_nothing_of_the_user() throws Exception {
        page.admitEverybody();
        assertThat(issuer().test())
                .endsWith("; whether its challenge page takes us shows only when a certificate is asked for");
        assertThat(page.given()).isEmpty();
    }

    @Test
    void a_renewal_by_the_old_certificate_uses_up_no_password() throws Exception {
        server.say("SCEPStandard\nRenewal\n");
        TestCertificate old = server.issuing()
                .leaf("wsus.certwright.test", "wsus2.certwright.test")
                .key(KeySpec.RSA_2048);
        EnrollmentRequest renewing = TestRequests.renewing(
                REQUEST, new Predecessor(old.issue(), SCEP, Optional.of(SEALER.seal(old.keyPair()))));
        assertThat(issuer().request(renewing)).isInstanceOf(Issued.class);
        assertThat(page.askedAs()).isEmpty();
    }

    @Test
    void a_full_cache_is_told_and_the_request_is_made_when_there_is_one_again() throws Exception {
        page.keepAtMost(0);
        LifecycleException full = failure();
        assertThat(full)
                .hasMessage("issuer scep: the page " + page.url() + " has given away all passwords that it keeps at a"
                        + " time; one is free when one of them is used or an hour old, or raise PasswordMax in the registry of"
                        + " NDES")
                .isNotInstanceOf(AnswerLostException.class);
        assertThat(full.kind()).isEqualTo(FailureKind.THROTTLED);
        assertThat(full.retryAfter()).contains(Duration.ofHours(1));
        assertThat(server.asked()).isEmpty();
        page.keepAtMost(5);
        assertThat(issuer().request(REQUEST)).isInstanceOf(Issued.class);
    }

    @Test
    void a_page_without_a_password_is_told_with_its_words() {
        page.show("<html><body><p>Sie haben keine ausreichende Berechtigung.</p></body></html>");
        LifecycleException missing = failure();
        assertThat(missing)
                .hasMessage(
                        "issuer scep: the page " + page.url() + " shows no password, or several, and says \"Sie haben"
                                + " keine ausreichende Berechtigung.\"; its cache may be full, the user may lack the right to enrol, or"
                                + " url is another page");
        assertThat(missing.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_page_that_knows_nobody_is_told() throws Exception {
        LifecycleException nobody = catchThrowableOfType(
                LifecycleException.class, () -> issuer(Optional.empty()).request(REQUEST));
        assertThat(nobody)
                .hasMessage("issuer scep: the page " + page.url()
                        + " answers with HTTP status 401; write user and password into challenge-page");
        assertThat(nobody.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        page.offer("NTLM");
        assertThat(failure())
                .hasMessage(
                        "issuer scep: the page " + page.url()
                                + " answers with HTTP status 401; it does not offer Basic,"
                                + " and nothing else is spoken here; allow Basic for this page in IIS, which needs https alone");
    }

    @Test
    void a_password_that_the_ca_does_not_take_is_a_denial() throws Exception {
        server.take(challenge -> false);
        assertThat(issuer().request(REQUEST)).isInstanceOf(Denied.class);
        assertThat(page.given()).hasSize(1);
    }

    @Test
    void a_page_out_of_reach_holds_no_request() {
        page.close();
        LifecycleException failure = failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(server.asked()).isEmpty();
    }
}
