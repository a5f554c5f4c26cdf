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
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.scep.TestScepServer.Mood;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCertificate;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewals that the old certificate signs, with a server written from the RFC. */
class ScepRenewalTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final IssuerName SCEP = new IssuerName("scep");
    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST = TestRequests.fresh(
            SEALER, KeySpec.RSA_2048, Clock.systemUTC().instant(), "wsus.certwright.test", "wsus2.certwright.test");

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestScepServer server = new TestScepServer();

    @BeforeEach
    void takeRenewals() {
        server.say("SCEPStandard\nRenewal\n");
        server.take("s3cret"::equals);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private ScepIssuer issuer(Optional<String> challenge) throws Exception {
        return issuer(memory, challenge);
    }

    private ScepIssuer issuer(IssuerMemory seen, Optional<String> challenge) throws Exception {
        Path anchor = Files.writeString(
                folder.resolve("root.pem"), PemCodec.certificate(server.root().certificate()));
        ScepSettings settings = new ScepSettings(
                URI.create("http://127.0.0.1:" + server.port() + "/scep"),
                HttpAccess.DIRECT,
                challenge.map(SecretText::of),
                Optional.empty(),
                List.of(anchor),
                "ca",
                Duration.ofMinutes(7));
        return new ScepIssuer(
                SCEP, settings, new ScepParts(seen, SEALER, Clock.systemUTC(), new SecureRandom(), duration -> {}));
    }

    private ScepIssuer issuer() throws Exception {
        return issuer(Optional.of("s3cret"));
    }

    private TestCertificate old() {
        return server.issuing()
                .leaf("wsus2.certwright.test", "wsus.certwright.test")
                .key(KeySpec.RSA_2048);
    }

    private static EnrollmentRequest renewing(TestCertificate old, IssuerName by) {
        return TestRequests.renewing(
                REQUEST, new Predecessor(old.issue(), by, Optional.of(SEALER.seal(old.keyPair()))));
    }

    private EnrollmentRequest renewing() {
        return renewing(old(), SCEP);
    }

    @Test
    void the_old_certificate_signs_and_no_challenge_is_needed() throws Exception {
        assertThat(issuer(Optional.empty()).request(renewing()))
                .isInstanceOfSatisfying(
                        Issued.class,
                        issued -> assertThat(issued.certificate()
                                        .leaf()
                                        .getPublicKey()
                                        .getEncoded())
                                .isEqualTo(REQUEST.csr().publicKey()));
        assertThat(server.asked()).containsExactly("POST 17 AES");
        assertThat(issuer().test())
                .endsWith(
                        ", AES, SHA-256, POST, renewal by the old certificate; the challenge shows only when a certificate is"
                                + " asked for");
    }

    @Test
    void what_cannot_vouch_does_not_sign() throws Exception {
        Instant now = Instant.now();
        List<EnrollmentRequest> requests = List.of(
                renewing(old(), new IssuerName("another")),
                renewing(old().valid(now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(1))), SCEP),
                renewing(old().key(KeySpec.P_256), SCEP),
                renewing(old().noSan().dns("other.certwright.test"), SCEP),
                TestRequests.renewing(REQUEST, new Predecessor(old().issue(), SCEP, Optional.empty())));
        for (EnrollmentRequest request : requests) {
            assertThat(issuer(new MemoryIssuerMemory(), Optional.of("s3cret")).request(request))
                    .isInstanceOf(Issued.class);
        }
        assertThat(server.asked()).hasSize(requests.size()).containsOnly("POST 19 AES");
    }

    @Test
    void a_server_that_does_not_say_that_it_renews_is_asked_as_for_the_first_time() throws Exception {
        server.say("SCEPStandard\n");
        assertThat(issuer().request(renewing())).isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 19 AES");
    }

    @Test
    void a_renewal_that_is_denied_is_asked_for_as_a_first_request() throws Exception {
        server.renew(Mood.FAILS);
        assertThat(issuer().request(renewing())).isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 17 AES", "POST 19 AES");
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void without_a_challenge_the_denial_stands() throws Exception {
        server.renew(Mood.FAILS);
        assertThat(issuer(Optional.empty()).request(renewing())).isInstanceOf(Denied.class);
        assertThat(server.asked()).containsExactly("POST 17 AES");
    }

    @Test
    void a_pending_renewal_is_asked_about_by_the_old_certificate() throws Exception {
        server.renew(Mood.PENDS);
        EnrollmentRequest request = renewing();
        Pending pending = (Pending) issuer().request(request);
        assertThat(issuer().collect(request, pending.id())).isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 17 AES", "POST 20 AES");
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void a_pending_first_request_is_asked_about_by_the_new_key_though_there_is_an_old_certificate() throws Exception {
        server.renew(Mood.FAILS);
        server.be(Mood.PENDS);
        EnrollmentRequest request = renewing();
        Pending pending = (Pending) issuer().request(request);
        server.be(Mood.ISSUES);
        assertThat(issuer().collect(request, pending.id())).isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 17 AES", "POST 19 AES", "POST 20 AES", "POST 20 AES");
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void a_lost_answer_to_a_renewal_is_asked_about_and_there_is_no_second_certificate() throws Exception {
        server.be(Mood.LOSES_ITS_ANSWER);
        EnrollmentRequest request = renewing();
        assertThat(catchThrowableOfType(AnswerLostException.class, () -> issuer().request(request)))
                .isNotNull();
        server.be(Mood.ISSUES);
        assertThat(issuer().lookUp(request)).get().isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly("POST 17 AES", "POST 20 AES");
        assertThat(server.issued()).isEqualTo(1);
    }
}
