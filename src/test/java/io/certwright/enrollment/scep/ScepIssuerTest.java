package io.certwright.enrollment.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.scep.TestScepServer.Mood;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.ConnectProxy;
import io.certwright.testing.MemoryIssuerMemory;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a server written from the RFC: a registration authority, pending requests, and everything that an answer can be wrong in. */
class ScepIssuerTest {
    private static final TestSealer SEALER = new TestSealer();
    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST = TestRequests.fresh(
            SEALER, KeySpec.RSA_2048, Clock.systemUTC().instant(), "wsus.certwright.test", "wsus2.certwright.test");

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestScepServer server = new TestScepServer();
    private ScepIssuer issuer;

    @BeforeEach
    void trustIt() throws Exception {
        issuer = issuer(server.root(), Clock.systemUTC());
    }

    private ScepIssuer issuer(TestCa root, Clock clock) throws Exception {
        return issuer(root, clock, HttpAccess.DIRECT);
    }

    private ScepIssuer issuer(TestCa root, Clock clock, HttpAccess access) throws Exception {
        Path anchor = Files.writeString(folder.resolve("root.pem"), PemCodec.certificate(root.certificate()));
        ScepSettings settings = new ScepSettings(
                URI.create("http://127.0.0.1:" + server.port() + "/scep"),
                access,
                Optional.empty(),
                Optional.empty(),
                List.of(anchor),
                "ca",
                Duration.ofMinutes(7));
        return new ScepIssuer(
                new IssuerName("scep"),
                settings,
                new ScepParts(memory, SEALER, clock, new SecureRandom(), duration -> {}));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void a_registration_authority_speaks_for_the_ca() throws Exception {
        assertThat(issuer.request(REQUEST))
                .isInstanceOfSatisfying(
                        Issued.class,
                        issued -> assertThat(issued.certificate().chain().certificates())
                                .extracting(one -> one.getSubjectX500Principal().getName())
                                .containsExactly("CN=wsus.certwright.test", "CN=SCEP Test Issuing"));
        assertThat(server.asked()).containsExactly("POST 19 AES");
    }

    @Test
    void a_server_that_can_little_is_spoken_to_as_it_can() throws Exception {
        server.say("");
        assertThat(issuer.request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("GET 19 3DES");
        assertThat(issuer.test())
                .isEqualTo(
                        "scep issuer scep: http://127.0.0.1:" + server.port()
                                + "/scep answers for \"CN=SCEP Test Issuing\", only 3DES, only SHA-1, only GET, no renewal by the old certificate");
    }

    @Test
    void plain_http_goes_through_the_proxy_of_the_settings() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy()) {
            HttpAccess through = new HttpAccess(List.of(), Optional.of(proxy.address()));
            assertThat(issuer(server.root(), Clock.systemUTC(), through).request(REQUEST))
                    .isInstanceOf(Issued.class);
            String url = "http://127.0.0.1:" + server.port() + "/scep?operation=";
            assertThat(proxy.asked()).anySatisfy(line -> assertThat(line).startsWith("GET " + url + "GetCACaps"));
            proxy.refuse();
            assertThat(issuer(server.root(), Clock.systemUTC(), through).lookUp(REQUEST))
                    .isPresent();
            assertThat(catchThrowableOfType(
                            LifecycleException.class,
                            () -> issuer(server.root(), Clock.systemUTC(), through)
                                    .test()))
                    .hasMessage("issuer scep: the SCEP server at http://127.0.0.1:" + server.port()
                            + "/scep answers with HTTP status 403, wanted 200; look at the server's own log");
        }
    }

    @Test
    void a_test_tells_when_the_clock_of_the_server_differs() throws Exception {
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(90).plusSeconds(30));
        assertThat(issuer(server.root(), fast).test())
                .endsWith("; its clock is 1h 30m behind this machine's; correct the one that is wrong");
    }

    @Test
    void what_is_pending_is_asked_about_and_collected_later() throws Exception {
        server.be(Mood.PENDS);
        Pending pending = (Pending) issuer.request(REQUEST);
        assertThat(pending.askAgainIn()).isEqualTo(Duration.ofMinutes(7));
        assertThat(pending.sentence()).startsWith("issuer scep: the CA has not decided on transaction ");
        ScepIssuer afterRestart = issuer(server.root(), Clock.systemUTC());
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Pending.class);
        server.be(Mood.ISSUES);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 19 AES", "POST 20 AES", "POST 20 AES");
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void a_denial_has_the_words_of_the_ca_in_one_line() throws Exception {
        server.be(Mood.FAILS);
        assertThat(issuer.request(REQUEST))
                .isEqualTo(
                        new Denied("issuer scep denied the certificate for wsus.certwright.test, wsus2.certwright.test:"
                                + " \"The challenge is used up\\u000aask anew\" (badRequest: it does not permit this, often because of"
                                + " the challenge)"));
    }

    @Test
    void an_answer_that_was_lost_is_asked_about_and_there_is_no_second_certificate() throws Exception {
        server.be(Mood.LOSES_ITS_ANSWER);
        AnswerLostException lost = catchThrowableOfType(AnswerLostException.class, () -> issuer.request(REQUEST));
        assertThat(lost.kind()).isEqualTo(FailureKind.UNREACHABLE);
        server.be(Mood.ISSUES);
        assertThat(issuer(server.root(), Clock.systemUTC()).lookUp(REQUEST))
                .get()
                .isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 19 AES", "POST 20 AES");
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void what_the_server_cannot_tell_is_asked_once_more_and_then_a_person_must_look() throws Exception {
        server.be(Mood.FAILS);
        assertThat(issuer.lookUp(REQUEST)).isEmpty();
        assertThat(issuer.request(REQUEST)).isInstanceOf(Denied.class);
        assertThat(issuer.lookUp(REQUEST)).isEmpty();
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST)))
                .hasMessage(
                        "issuer scep: another process asks for wsus01 at the same time and has no answer yet; it is looked"
                                + " up next time");
        ScepIssuer later = issuer(server.root(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3)));
        assertThat(later.request(REQUEST)).isInstanceOf(Denied.class);
        LifecycleException unknown = catchThrowableOfType(LifecycleException.class, () -> later.lookUp(REQUEST));
        assertThat(unknown)
                .hasMessage(
                        "issuer scep: asked 2 times with the same CSR, and what became of it the server cannot tell; look"
                                + " there for certificates for wsus.certwright.test, wsus2.certwright.test, revoke what is not needed,"
                                + " then run \"certwright renew wsus01 --force\"");
        assertThat(unknown.kind()).isEqualTo(FailureKind.REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REPEATS_ANOTHER_NONCE | it repeats another nonce than that of our message",
                "ANSWERS_FOR_ANOTHER_TRANSACTION | it belongs to another transaction",
                "IS_SIGNED_BY_A_STRANGER | its signature is not that of the CA or its RA",
                "SENDS_A_WEB_PAGE | of type \"text/html\", wanted application/x-pki-message",
                "CUTS_ITS_ANSWER_SHORT | no answer to our message (",
                "SENDS_NOTHING | no answer to our message ("
            })
    void what_is_no_answer_of_this_ca_to_this_message_is_not_taken(Mood mood, String words) {
        server.be(mood);
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(failure)
                .hasMessageStartingWith("issuer scep: the server's answer is ")
                .hasMessageContaining(words);
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NEVER_STOPS | MALFORMED_ANSWER | sends more than an answer may have (AnswerTooLongException: the answer is longer than 1024 kB)",
                "REDIRECTS | REFUSED | answers with HTTP status 302, wanted 200; look at the server's own log",
                "IS_ILL | UNREACHABLE | answers with HTTP status 500, wanted 200; look at the server's own log"
            })
    void what_comes_instead_of_an_answer_is_told_and_may_have_cost_a_certificate(
            Mood mood, FailureKind kind, String words) {
        server.be(mood);
        AnswerLostException failure = catchThrowableOfType(AnswerLostException.class, () -> issuer.request(REQUEST));
        assertThat(failure)
                .hasMessage("issuer scep: the SCEP server at http://127.0.0.1:" + server.port() + "/scep " + words);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void a_certificate_for_another_key_is_not_taken_and_may_have_to_be_revoked() {
        server.be(Mood.GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY);
        AnswerLostException failure = catchThrowableOfType(AnswerLostException.class, () -> issuer.request(REQUEST));
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(failure)
                .hasMessage("issuer scep: none of the 3 certificates that the CA gave for wsus01 carries the key of "
                        + REQUEST.csr() + "; look at the CA for what it issued, and revoke what is not needed");
    }

    @Test
    void a_server_whose_ca_leads_to_no_anchor_gets_nothing() throws Exception {
        ScepIssuer misled = issuer(TestCa.root("CN=Another Root", Instant.now()), Clock.systemUTC());
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> misled.request(REQUEST));
        assertThat(failure)
                .hasMessage(
                        "issuer scep: none of the 2 certificates that the server shows leads to one of the anchors, the"
                                + " first is for \"CN=SCEP Test RA\"; if it is the right server, write its root into anchors");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_ca_that_is_expired_gets_nothing() throws Exception {
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(4_000)), ZoneOffset.UTC);
        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class, () -> issuer(server.root(), later).request(REQUEST));
        assertThat(failure.code()).isEqualTo("CA_EXPIRED");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void keys_that_are_not_rsa_are_refused_before_anything_is_asked() {
        EnrollmentRequest curve = TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test");
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.request(curve)))
                .hasMessage(
                        "issuer scep: the key of wsus01 is P-256, and SCEP can encrypt answers to RSA keys only; write"
                                + " algorithm: rsa into its key");
    }

    @Test
    void a_server_that_is_not_there_is_out_of_reach() {
        server.close();
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: ldap://ca.test, anchors: [a]} | url: got \"ldap://ca.test\", wanted the server's address",
                "{url: \"http://ca.test/x?operation=GetCACaps\", anchors: [a]} | wanted the server's address without its question mark",
                "{url: http://ca.test} | anchors: got none, wanted the file with the CA's root",
                "{url: http://ca.test, anchors: [a], ask-again: 0s} | ask-again: got no time at all",
                "{url: http://ca.test, anchors: [a], chalenge: x} | unknown key",
                "{url: http://ca.test, anchors: [a], challenge: x, challenge-page: {url: https://ca.test/certsrv/mscep_admin/}} | challenge-page: got it beside challenge, wanted one of them",
                "{url: http://ca.test, anchors: [a], challenge-page: {url: http://ca.test}} | url: got \"http://ca.test\", wanted the https address of the page that shows the password",
                "{url: http://ca.test, anchors: [a], challenge-page: {url: https://ca.test, user: pki}} | got a user without a password"
            })
    void says_what_is_wrong_with_its_settings(String yaml, String sentence) {
        Faults faults = new Faults();
        assertThat(new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                        .parse(yaml, faults)
                        .flatMap(ScepSettings::read))
                .isEmpty();
        assertThat(faults.list()).singleElement().asString().contains(sentence);
    }
}
