package io.certwright.enrollment.cmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.cmp.TestCmpGuard.Protector;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose answers are believed, and what becomes of those that are not: each ends in one sentence, and counts as lost where it may be. */
class CmpAnswersTest {
    private static final TestSealer SEALER = new TestSealer();
    // Today is what the server goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST =
            TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test", "wsus2.certwright.test");

    @TempDir
    static Path folder;

    private static TestCmpServer server;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();

    @BeforeAll
    static void startServer() {
        server = TestCmpServer.plain();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void beginAnew() {
        server.beginAnew();
    }

    private CmpDesk desk() {
        return new CmpDesk(folder, SEALER, memory, server);
    }

    private CmpDesk signing() {
        return desk().signingAs(server.ca().issuing().leaf("client.certwright.test"));
    }

    private static LifecycleException refusalOf(CmpIssuer issuer) {
        return catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
    }

    private static void isLost(LifecycleException refusal, String reason) {
        assertThat(refusal)
                .isInstanceOf(AnswerLostException.class)
                .hasMessage("issuer cmp: the server's answer is no answer to our message (" + reason
                        + "); check that url is the address of a CMP server, and anchors, signers and secret");
        assertThat(refusal.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @ParameterizedTest
    @CsvSource({"THE_RA, true", "THE_CA, true", "THE_RA, false", "THE_CA, false"})
    void a_ca_and_an_ra_that_says_so_are_believed_whoever_protects_our_message(Protector signer, boolean secret)
            throws Exception {
        server.ca().guard().protectBy(signer);
        assertThat((secret ? desk() : signing()).issuer().request(REQUEST)).isInstanceOf(Issued.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOBODY | nothing protects it",
                "ANOTHER_SECRET | it is protected by a secret, and there is none in the settings",
                "A_STRANGER | its signer CN=ra.test leads to no anchor (Path does not chain with any of the trust anchors)",
                "A_SERVER_OF_THE_CA | its signer CN=www.test is no CA and does not say that it may answer for one",
                "A_CERTIFICATE_SIGNED_BY_A_SERVER | its signer CN=ra.test leads to no anchor (CA key usage check failed: keyCertSign bit is not set)"
            })
    void nobody_else_is_believed(Protector pretender, String reason) {
        server.ca().guard().protectBy(pretender);
        isLost(refusalOf(signing().issuer()), reason);
    }

    @Test
    void a_signer_that_has_ended_is_named_with_its_end() {
        server.ca().guard().protectBy(Protector.AN_EXPIRED_RA);
        assertThat(refusalOf(signing().issuer()).getMessage())
                .contains("(its signer CN=ra.test is not valid now, it ended at ");
    }

    @Test
    void another_secret_proves_nothing() {
        server.ca().guard().protectBy(Protector.ANOTHER_SECRET);
        isLost(refusalOf(desk().issuer()), "it is protected by another secret than ours");
    }

    @Test
    void a_protection_that_would_take_for_ever_to_check_is_not_checked() {
        server.ca().guard().protectBy(Protector.ENDLESS_HASHING);
        isLost(refusalOf(desk().issuer()), "unable to verify MAC: its protection wants too many rounds of hashing");
    }

    @Test
    void a_signer_of_the_settings_is_believed_and_only_that_one() throws Exception {
        TestCa elsewhere = TestCa.root("CN=Elsewhere", Instant.now());
        server.ca().guard().protectBy(Protector.THE_RA);
        server.ca().guard().speakAs(elsewhere.leaf("ra.elsewhere.test"));
        isLost(
                refusalOf(desk().issuer()),
                "its signer CN=ra.elsewhere.test is no CA and does not say that it may answer for one");
        CmpDesk trusting = new CmpDesk(folder, SEALER, new MemoryIssuerMemory(), server)
                .signer(server.ca().guard().speaker());
        assertThat(trusting.issuer().request(REQUEST)).isInstanceOf(Issued.class);
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSACTION, it belongs to another transaction",
        "NONCE, it repeats another nonce than that of our message"
    })
    void another_transaction_or_nonce_is_no_answer(TestCmpGuard.Slip slip, String reason) {
        server.ca().guard().slip(slip);
        isLost(refusalOf(desk().issuer()), reason);
    }

    @Test
    void an_error_is_held_to_its_transaction_too() {
        server.ca().be(TestCmpCa.Mood.ERRS);
        server.ca().guard().slip(TestCmpGuard.Slip.NONCE);
        isLost(refusalOf(desk().issuer()), "it repeats another nonce than that of our message");
    }

    @Test
    void an_error_that_nothing_protects_denies_nothing() {
        server.ca().be(TestCmpCa.Mood.ERRS);
        server.ca().guard().protectBy(Protector.NOBODY);
        LifecycleException refusal = refusalOf(desk().issuer());
        assertThat(refusal).isInstanceOf(AnswerLostException.class);
        assertThat(refusal.code()).isEqualTo("CMP_ERROR_UNPROVEN");
    }

    @Test
    void a_certificate_for_another_key_is_given_back() {
        server.ca().be(TestCmpCa.Mood.GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY);
        LifecycleException refusal =
                refusalOf(desk().confirming(Manner.Confirmation.EXPLICIT).issuer());
        assertThat(refusal)
                .isInstanceOf(AnswerLostException.class)
                .hasMessage("issuer cmp: the certificate that the CA gave for wsus01 does not carry the key of "
                        + REQUEST.csr() + "; look at the CA for what it issued, and revoke what is not needed");
        assertThat(refusal.code()).isEqualTo("ANSWER_FOR_ANOTHER_KEY");
        assertThat(server.ca().asked()).containsExactly("ir PBM", "certConf PBM");
        assertThat(server.ca().inForce()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GRANTS_WITHOUT_A_CERTIFICATE | the server's answer has status 0 and no certificate, wanted a certificate that is granted, a rejection or a wait",
                "SAYS_SOMETHING_ELSE | the server answers with another kind of message than asked for",
                "ENCRYPTS | the server's answer is no answer to our message (it holds an encrypted certificate, wanted an open one)"
            })
    void an_answer_that_does_not_fit_is_told_and_lost(TestCmpCa.Mood mood, String sentence) {
        server.ca().be(mood);
        LifecycleException refusal = refusalOf(desk().issuer());
        assertThat(refusal).isInstanceOf(AnswerLostException.class);
        assertThat(refusal.getMessage()).startsWith("issuer cmp: " + sentence);
        assertThat(refusal.code()).isEqualTo("CA_ANSWER_MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({
        "SENDS_A_WEB_PAGE, CA_ANSWER_MALFORMED, MALFORMED_ANSWER, true",
        "CUTS_ITS_ANSWER_SHORT, CA_ANSWER_MALFORMED, MALFORMED_ANSWER, true",
        "SENDS_NOTHING, CA_ANSWER_MALFORMED, MALFORMED_ANSWER, true",
        "SENDS_100_MB, CA_ANSWER_MALFORMED, MALFORMED_ANSWER, true",
        "NESTS_WITHOUT_END, CA_ANSWER_MALFORMED, MALFORMED_ANSWER, true",
        "LOSES_ITS_ANSWER, CA_UNREACHABLE, UNREACHABLE, true",
        "IS_ILL, CA_REFUSED, UNREACHABLE, true",
        "IS_BUSY, CA_THROTTLES, THROTTLED, false",
        "WANTS_A_LOGIN, CA_CREDENTIALS_REFUSED, UNAUTHORIZED, false",
        "IS_SOMEWHERE_ELSE, CA_REFUSED, REFUSED, false"
    })
    void whatever_travels_badly_ends_in_a_sentence(
            TestCmpServer.Manner manner, String code, FailureKind kind, boolean lost) throws Exception {
        server.treat(manner);
        LifecycleException refusal = refusalOf(desk().issuer());
        assertThat(refusal.getMessage()).startsWith("issuer cmp: the ").hasLineCount(1);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal instanceof AnswerLostException).isEqualTo(lost);
        assertThat(refusal.retryAfter())
                .isEqualTo(kind == FailureKind.THROTTLED ? Optional.of(Duration.ofSeconds(90)) : Optional.empty());
        server.treat(TestCmpServer.Manner.WELL);
        if (!lost) {
            assertThat(desk().issuer().request(REQUEST)).isInstanceOf(Issued.class);
            assertThat(server.ca().made()).isEqualTo(1);
        }
    }
}
