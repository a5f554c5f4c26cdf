package io.certwright.enrollment.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.config.Faults;
import io.certwright.config.SecretText;
import io.certwright.config.SettingsFile;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.est.TestEstServer.Mood;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.BasicUser;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a server written from the RFC: pending requests, denials, and everything that an answer can be wrong in. */
class EstIssuerTest {
    static final TestSealer SEALER = new TestSealer();

    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST = TestRequests.fresh(
            SEALER, KeySpec.P_256, Clock.systemUTC().instant(), "wsus.certwright.test", "wsus2.certwright.test");

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-12-31T00:00:00Z"));
    private final TestEstServer server = new TestEstServer();
    private EstIssuer issuer;

    @BeforeEach
    void connect() throws Exception {
        issuer = EstContractTest.node(server, folder, memory, clock);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void credentials_go_with_the_request_alone_and_the_label_is_in_the_path() throws Exception {
        assertThat(issuer.request(REQUEST))
                .isInstanceOfSatisfying(
                        Issued.class,
                        issued -> assertThat(issued.certificate().chain().certificates())
                                .extracting(one -> one.getSubjectX500Principal().getName())
                                .containsExactly("CN=wsus.certwright.test", "CN=EST Test Issuing"));
        assertThat(server.asked())
                .containsExactly(
                        "GET /.well-known/est/servers/cacerts nobody",
                        "GET /.well-known/est/servers/csrattrs nobody",
                        "POST /.well-known/est/servers/simpleenroll Basic cGtpOnMzY3LDqXQ=");
    }

    @Test
    void what_is_pending_is_sent_again_as_it_was() throws Exception {
        server.be(Mood.PENDS);
        Pending pending = (Pending) issuer.request(REQUEST);
        assertThat(pending.askAgainIn()).isEqualTo(Duration.ofHours(1));
        assertThat(pending.sentence())
                .isEqualTo("issuer est: the CA has not decided yet; people there may have to approve it");
        EstIssuer afterRestart = EstContractTest.node(server, folder, memory, clock);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Pending.class);
        server.be(Mood.ISSUES);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Issued.class);
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void a_date_to_come_back_at_is_kept_to() throws Exception {
        server.be(Mood.PENDS_UNTIL_A_DATE);
        assertThat(((Pending) issuer.request(REQUEST)).askAgainIn()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void a_denial_has_the_words_of_the_ca_in_one_line() throws Exception {
        server.be(Mood.DENIES);
        assertThat(issuer.request(REQUEST))
                .isEqualTo(
                        new Denied("issuer est denied the certificate for wsus.certwright.test, wsus2.certwright.test:"
                                + " \"Names outside\\u000d\\u000aof your realm\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KNOWS_NOBODY | UNAUTHORIZED | false | does not take user and password of the settings: \"Who are you?\"",
                "WANTS_DIGEST | UNAUTHORIZED | false | it asks for Digest, and only Basic or a client certificate can be shown here",
                "NEVER_STOPS | MALFORMED_ANSWER | true | sends more than an answer may have (AnswerTooLongException: the answer is longer than 1024 kB)",
                "IS_BUSY | THROTTLED | false | asks to come back later, with HTTP status 503: \"come back later\"",
                "IS_ILL | UNREACHABLE | true | answers with HTTP status 500, wanted 200, 202, 400, 401 or 403: it gave no reason",
                "LOSES_ITS_ANSWER | UNREACHABLE | true | the EST server 127.0.0.1 cannot be reached",
                "GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY | MALFORMED_ANSWER | true | none of the 1 certificates that the CA gave",
                "SENDS_A_WEB_PAGE | MALFORMED_ANSWER | true | it begins \"<html>guest network</html>\"",
                "CUTS_ITS_ANSWER_SHORT | MALFORMED_ANSWER | true | holds no certificates in PKCS#7 and base64",
                "SENDS_NOTHING | MALFORMED_ANSWER | true | holds no certificates in PKCS#7 and base64, it begins \"\"",
                "REDIRECTS | REFUSED | false | answers with HTTP status 302"
            })
    void every_other_answer_is_told_in_one_sentence(Mood mood, FailureKind kind, boolean lost, String words) {
        server.be(mood);
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure instanceof AnswerLostException).isEqualTo(lost);
        assertThat(failure).hasMessageStartingWith("issuer est: ").hasMessageContaining(words);
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    @Test
    void a_chain_in_wrong_order_among_strangers_is_put_right() throws Exception {
        server.be(Mood.ISSUES_AMONG_STRANGERS);
        assertThat(((Issued) issuer.request(REQUEST)).certificate().chain().certificates())
                .extracting(one -> one.getSubjectX500Principal().getName())
                .containsExactly("CN=wsus.certwright.test", "CN=EST Test Issuing");
    }

    @Test
    void an_expired_ca_is_asked_for_nothing() {
        clock.advance(Duration.ofDays(4_000));
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure)
                .hasMessage(
                        "issuer est: none of the CA's 2 certificates is valid now, so that nothing is asked; renew the"
                                + " CA, or check the clock here");
        assertThat(failure.code()).isEqualTo("CA_EXPIRED");
        assertThat(server.asked()).containsExactly("GET /.well-known/est/servers/cacerts nobody");
    }

    @Test
    void after_wrong_credentials_it_may_be_asked_again_at_once() throws Exception {
        server.be(Mood.KNOWS_NOBODY);
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST)))
                .hasMessage("issuer est: the EST server does not take user and password of the settings:"
                        + " \"Who are you?\"; correct user and password");
        server.be(Mood.ISSUES);
        assertThat(issuer.request(REQUEST)).isInstanceOf(Issued.class);
    }

    @Test
    void a_server_that_is_busy_is_left_alone_as_long_as_it_says() {
        server.be(Mood.IS_BUSY);
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST))
                        .retryAfter())
                .contains(Duration.ofMinutes(2));
    }

    @Test
    void after_a_lost_answer_it_is_not_asked_again_at_once() throws Exception {
        server.be(Mood.LOSES_ITS_ANSWER);
        assertThat(catchThrowableOfType(AnswerLostException.class, () -> issuer.request(REQUEST)))
                .isNotNull();
        server.be(Mood.ISSUES);
        clock.advance(Duration.ofMinutes(3));
        assertThat(issuer.request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(server.issued()).isEqualTo(2);
    }

    @Test
    void a_server_that_nobody_here_vouches_for_gets_no_password() throws Exception {
        Path stranger = Files.writeString(
                folder.resolve("stranger.pem"),
                PemCodec.certificate(TestCa.root("CN=Stranger", Instant.now()).certificate()));
        EstSettings settings = new EstSettings(
                URI.create("https://127.0.0.1:" + server.port() + "/"),
                "",
                new HttpAccess(List.of(stranger), Optional.empty()),
                Optional.of(new BasicUser("pki", SecretText.of("s3cret"))),
                List.of());
        EstIssuer misled = new EstIssuer(
                new IssuerName("est"),
                settings,
                new EstParts(memory, SEALER, Clock.systemUTC(), new SecureRandom(), duration -> {}));
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> misled.request(REQUEST));
        assertThat(failure.code()).isEqualTo("CA_TLS_UNTRUSTED");
        assertThat(failure).hasMessageContaining("write the file with its root into tls-trust");
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: http://est.test} | url: got \"http://est.test\", wanted the https address of the server without a path",
                "{url: https://est.test/.well-known/est} | wanted the https address of the server without a path",
                "{url: https://est.test, label: a/b} | label: got \"a/b\", wanted one segment of a path",
                "{url: https://est.test, user: pki} | got a user without a password, wanted both or neither",
                "{url: https://est.test, user: \"a:b\", password: x} | user: got \"a:b\", wanted a name without a colon",
                "{url: https://est.test, lable: x} | unknown key"
            })
    void says_what_is_wrong_with_its_settings(String yaml, String sentence) {
        Faults faults = new Faults();
        assertThat(new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                        .parse(yaml, faults)
                        .flatMap(EstSettings::read))
                .isEmpty();
        assertThat(faults.list()).singleElement().asString().contains(sentence);
    }
}
