package io.certwright.enrollment.cmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What CMP adds to the contract: kinds of requests, protection, confirmation, polling, updates, revocation, and the words of a CA. */
class CmpIssuerTest {
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

    private static TestCmpCa ca() {
        return server.ca();
    }

    private static <E extends Throwable> E failure(Class<E> type, CmpIssuer issuer) {
        return catchThrowableOfType(type, () -> issuer.request(REQUEST));
    }

    private static List<String> subjects(Issued issued) {
        return issued.certificate().chain().certificates().stream()
                .map(one -> one.getSubjectX500Principal().getName())
                .toList();
    }

    @Test
    void a_chain_is_made_of_what_comes_along_and_strangers_do_no_harm() throws Exception {
        Issued issued = (Issued) desk().issuer().request(REQUEST);
        assertThat(subjects(issued)).containsExactly("CN=wsus.certwright.test", "CN=CMP Test Issuing");
        assertThat(ca().asked()).containsExactly("ir PBM");
        assertThat(ca().confirmed()).isEqualTo(1);
    }

    @Test
    void the_settings_choose_the_request_and_how_it_is_protected() throws Exception {
        desk().asking(Manner.Message.CR)
                .secret(CmpDesk.secret(TestCmpGuard.SECRET, SharedSecret.Mac.PBMAC1))
                .issuer()
                .request(REQUEST);
        assertThat(ca().asked()).containsExactly("cr PBMAC1");
    }

    @Test
    void a_key_that_never_leaves_its_host_is_asked_for_by_its_csr() throws Exception {
        EnrollmentRequest elsewhere = new EnrollmentRequest(
                REQUEST.intent(),
                REQUEST.certificate(),
                REQUEST.names(),
                REQUEST.csr(),
                Optional.empty(),
                Optional.empty(),
                REQUEST.intendedAt());
        ca().wantConfirmation();
        assertThat(desk().issuer().request(elsewhere)).isInstanceOf(Issued.class);
        assertThat(ca().asked()).containsExactly("p10cr PBM", "certConf PBM");
        assertThat(ca().confirmed()).isEqualTo(1);
    }

    @Test
    void a_ca_that_wants_our_word_gets_it_and_only_then_it_counts() throws Exception {
        ca().wantConfirmation();
        assertThat(desk().issuer().request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(ca().asked()).containsExactly("ir PBM", "certConf PBM");
        assertThat(ca().confirmed()).isEqualTo(1);
    }

    @Test
    void a_ca_that_takes_a_certificate_back_when_it_is_confirmed_has_denied_it() throws Exception {
        ca().wantConfirmation();
        ca().be(TestCmpCa.Mood.REFUSES_CONFIRMATION);
        assertThat(desk().issuer().request(REQUEST))
                .isEqualTo(new Denied(
                        "issuer cmp denied the certificate for wsus.certwright.test, wsus2.certwright.test when it"
                                + " was to be confirmed: \"too late, it is taken back\" (badRequest: it does not permit or"
                                + " support this)"));
        assertThat(ca().inForce()).isEmpty();
    }

    @Test
    void messages_may_be_signed_by_a_certificate_of_the_settings() throws Exception {
        CmpIssuer issuer = desk().signingAs(ca().issuing().leaf("client.certwright.test"))
                .asking(Manner.Message.CR)
                .issuer();
        assertThat(issuer.request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(ca().asked()).containsExactly("cr signed");
    }

    @Test
    void a_certificate_of_the_same_ca_and_names_is_updated_by_its_own_key() throws Exception {
        CmpIssuer issuer = desk().confirming(Manner.Confirmation.EXPLICIT).issuer();
        Issued old = (Issued) issuer.request(REQUEST);
        EnrollmentRequest renewal = renewalOf(old, issuer.name());
        assertThat(issuer.request(renewal)).isInstanceOf(Issued.class);
        assertThat(ca().asked()).containsExactly("ir PBM", "certConf PBM", "kur signed", "certConf signed");
    }

    @Test
    void another_issuers_certificate_or_one_for_other_names_vouches_for_nothing() throws Exception {
        CmpIssuer issuer = desk().issuer();
        Issued old = (Issued) issuer.request(REQUEST);
        issuer.request(renewalOf(old, new IssuerName("another")));
        EnrollmentRequest other =
                TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test", "new.certwright.test");
        issuer.request(with(other, old, issuer.name()));
        desk().withoutUpdates().issuer().request(renewalOf(old, issuer.name()));
        assertThat(ca().asked()).containsExactly("ir PBM", "ir PBM", "ir PBM", "ir PBM");
    }

    private static EnrollmentRequest renewalOf(Issued old, IssuerName by) {
        return with(
                TestRequests.fresh(
                        SEALER, KeySpec.P_256, Instant.now(), "wsus2.certwright.test", "wsus.certwright.test"),
                old,
                by);
    }

    private static EnrollmentRequest with(EnrollmentRequest fresh, Issued old, IssuerName by) {
        return new EnrollmentRequest(
                fresh.intent(),
                fresh.certificate(),
                fresh.names(),
                fresh.csr(),
                fresh.key(),
                Optional.of(new Predecessor(old.certificate(), by, REQUEST.key())),
                fresh.intendedAt());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestCmpCa.Mood.class,
            names = {"PENDS", "PENDS_IN_AN_ERROR"})
    void what_is_pending_is_polled_and_collected_after_a_restart(TestCmpCa.Mood mood) throws Exception {
        ca().be(mood);
        ca().wantConfirmation();
        Pending pending = (Pending) desk().issuer().request(REQUEST);
        assertThat(pending.askAgainIn()).isEqualTo(Duration.ofHours(1));
        assertThat(pending.sentence())
                .isEqualTo("issuer cmp: the CA has not decided on transaction "
                        + pending.id().value().substring(0, 8) + "… yet: \"Ms Smith decides\"");
        CmpIssuer afterRestart = desk().issuer();
        assertThat(afterRestart.collect(REQUEST, pending.id())).isEqualTo(pending);
        ca().be(TestCmpCa.Mood.ISSUES);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Issued.class);
        assertThat(ca().asked()).containsExactly("ir PBM", "pollReq PBM", "pollReq PBM", "pollReq PBM", "certConf PBM");
        assertThat(ca().confirmed()).isEqualTo(1);
    }

    @Test
    void a_ca_that_decides_within_moments_is_waited_for() throws Exception {
        ca().be(TestCmpCa.Mood.PENDS_BRIEFLY);
        List<Duration> waits = new ArrayList<>();
        assertThat(desk().pausing(waits::add).issuer().request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void what_was_pending_may_be_denied() throws Exception {
        ca().be(TestCmpCa.Mood.PENDS);
        Pending pending = (Pending) desk().issuer().request(REQUEST);
        ca().be(TestCmpCa.Mood.DENIES);
        ca().refuseFor(PKIFailureInfo.notAuthorized, "Ms Smith said no");
        assertThat(desk().issuer().collect(REQUEST, pending.id()))
                .isEqualTo(new Denied(
                        "issuer cmp denied the certificate for wsus.certwright.test, wsus2.certwright.test: \"Ms"
                                + " Smith said no\" (notAuthorized: we may not ask for this)"));
    }

    @Test
    void a_ca_that_is_ill_when_it_is_polled_has_the_request_all_the_same() throws Exception {
        ca().be(TestCmpCa.Mood.PENDS);
        Pending pending = (Pending) desk().issuer().request(REQUEST);
        ca().be(TestCmpCa.Mood.ERRS);
        ca().refuseFor(PKIFailureInfo.systemUnavail, "at lunch");
        LifecycleException ill = catchThrowableOfType(
                LifecycleException.class, () -> desk().issuer().collect(REQUEST, pending.id()));
        assertThat(ill)
                .hasMessage("issuer cmp: the CA refused: \"at lunch\" (systemUnavail: it cannot work at the moment)");
        ca().be(TestCmpCa.Mood.ISSUES);
        assertThat(desk().issuer().collect(REQUEST, pending.id())).isInstanceOf(Issued.class);
    }

    @Test
    void a_decision_that_was_lost_and_that_the_ca_forgot_is_unknown_and_no_denial() throws Exception {
        ca().be(TestCmpCa.Mood.PENDS);
        Pending pending = (Pending) desk().issuer().request(REQUEST);
        ca().be(TestCmpCa.Mood.ISSUES);
        server.treat(TestCmpServer.Manner.LOSES_ITS_ANSWER);
        assertThatThrownBy(() -> desk().issuer().collect(REQUEST, pending.id())).isInstanceOf(LifecycleException.class);
        server.treat(TestCmpServer.Manner.WELL);
        ca().restart();
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> desk().issuer().collect(REQUEST, pending.id())))
                .hasMessage("issuer cmp: what the CA decided on wsus01 was lost on its way, and now it knows no such"
                        + " transaction: \"no such transaction\" (badRequest: it does not permit or support this); look there"
                        + " for certificates for wsus.certwright.test, wsus2.certwright.test, revoke what is not needed, then"
                        + " run \"certwright renew wsus01 --force\"");
    }

    @Test
    void a_number_that_nobody_gave_collects_nothing() throws Exception {
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> desk().issuer().collect(REQUEST, new RequestId("ABCD"))))
                .hasMessage(
                        "issuer cmp: got request id \"ABCD\" for wsus01, which it never gave; request the certificate"
                                + " again");
    }

    @Test
    void a_denial_has_the_words_of_the_ca_in_one_line() throws Exception {
        ca().be(TestCmpCa.Mood.DENIES);
        assertThat(desk().issuer().request(REQUEST))
                .isEqualTo(new Denied(
                        "issuer cmp denied the certificate for wsus.certwright.test, wsus2.certwright.test: \"no"
                                + " certificates on Sundays\\u000aask anew\" (badCertTemplate: it does not permit names, key or"
                                + " extensions)"));
    }

    @ParameterizedTest
    @CsvSource({
        "badRequest, 32, '', DENIED",
        "badMessageCheck, 64, CA_CREDENTIALS_REFUSED, UNAUTHORIZED",
        "signerNotTrusted, 524288, CA_CREDENTIALS_REFUSED, UNAUTHORIZED",
        "badTime, 16, CA_CLOCK_DIFFERS, REFUSED",
        "systemUnavail, -2147483648, CA_UNAVAILABLE, UNREACHABLE",
        "systemFailure, 1073741824, CA_FAILED, UNREACHABLE",
        "transactionIdInUse, 262144, CA_FAILED, UNREACHABLE"
    })
    void a_reason_decides_what_a_refusal_means(String word, int bits, String code, String kind) throws Exception {
        ca().be(TestCmpCa.Mood.ERRS);
        ca().refuseFor(bits, "not now");
        if (kind.equals("DENIED")) {
            assertThat(desk().issuer().request(REQUEST))
                    .isInstanceOfSatisfying(
                            Denied.class,
                            denied -> assertThat(denied.sentence()).contains("\"not now\" (" + word + ": "));
            return;
        }
        LifecycleException refusal = failure(LifecycleException.class, desk().issuer());
        assertThat(refusal.getMessage()).startsWith("issuer cmp: the CA refused: \"not now\" (" + word + ": ");
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.kind()).isEqualTo(FailureKind.valueOf(kind));
        assertThat(refusal instanceof AnswerLostException).isEqualTo(code.equals("CA_FAILED"));
    }

    @Test
    void a_ca_that_cannot_work_at_the_moment_is_asked_again_at_once() throws Exception {
        ca().be(TestCmpCa.Mood.ERRS);
        ca().refuseFor(PKIFailureInfo.systemUnavail, "");
        failure(LifecycleException.class, desk().issuer());
        ca().be(TestCmpCa.Mood.ISSUES);
        assertThat(desk().issuer().request(REQUEST)).isInstanceOf(Issued.class);
    }

    @Test
    void a_secret_that_is_wrong_is_named_though_its_error_proves_nothing() {
        CmpIssuer misled =
                desk().secret(CmpDesk.secret("another", SharedSecret.Mac.PBM)).issuer();
        AnswerLostException refusal = failure(AnswerLostException.class, misled);
        assertThat(refusal)
                .hasMessage("issuer cmp: the server answers with an error that nothing protects: \"the MAC is wrong\""
                        + " (badMessageCheck: our message's protection does not hold there); if it does not know us,"
                        + " correct reference and secret, or signing-certificate");
        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    }

    @Test
    void anchors_that_have_ended_are_no_reason_to_ask() {
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(4_000)), ZoneOffset.UTC);
        LifecycleException refusal =
                failure(LifecycleException.class, desk().at(later).issuer());
        assertThat(refusal.code()).isEqualTo("CA_EXPIRED");
        assertThat(refusal.getMessage())
                .startsWith("issuer cmp: none of the 1 anchors is valid now, the first ended at ");
        assertThat(ca().asked()).isEmpty();
    }

    @Test
    void revokes_once_with_its_reason() throws Exception {
        CmpIssuer issuer = desk().issuer();
        Issued issued = (Issued) issuer.request(REQUEST);
        issuer.revoke(issued.certificate(), RevocationReason.KEY_COMPROMISE, Instant.now());
        issuer.revoke(issued.certificate(), RevocationReason.SUPERSEDED, Instant.now());
        assertThat(ca().revoked())
                .containsExactly(java.util.Map.entry(issued.certificate().leaf().getSerialNumber(), 1));
        assertThat(ca().asked()).containsExactly("ir PBM", "rr PBM", "rr PBM");
    }

    @Test
    void a_revocation_may_be_refused_or_wait() throws Exception {
        CmpIssuer issuer = desk().issuer();
        Issued issued = (Issued) issuer.request(REQUEST);
        String print = issued.certificate().thumbprint().abbreviated();
        ca().be(TestCmpCa.Mood.DENIES);
        assertThat(revoking(issuer, issued))
                .hasMessage("issuer cmp: the CA does not revoke " + print
                        + "…: \"no certificates on Sundays\\u000aask anew\""
                        + " (badCertTemplate: it does not permit names, key or extensions)");
        ca().be(TestCmpCa.Mood.PENDS);
        LifecycleException waits = revoking(issuer, issued);
        assertThat(waits)
                .hasMessage("issuer cmp: the CA has taken the revocation of " + print
                        + "… and has not decided yet; ask once more later");
        assertThat(waits.kind()).isEqualTo(FailureKind.THROTTLED);
        ca().be(TestCmpCa.Mood.ISSUES);
        issuer.revoke(issued.certificate(), RevocationReason.UNSPECIFIED, Instant.now());
        assertThat(ca().inForce()).isEmpty();
    }

    private static LifecycleException revoking(CmpIssuer issuer, Issued issued) {
        return catchThrowableOfType(
                LifecycleException.class,
                () -> issuer.revoke(issued.certificate(), RevocationReason.SUPERSEDED, Instant.now()));
    }

    @Test
    void a_test_shows_that_both_sides_believe_each_other() throws Exception {
        String start = "cmp issuer cmp: http://127.0.0.1:" + server.port() + "/cmp answers";
        assertThat(desk().issuer().test())
                .isEqualTo(start + " with 2 CA certificates, protected as the settings want it");
        ca().be(TestCmpCa.Mood.ERRS);
        ca().refuseFor(PKIFailureInfo.badRequest, "we know none");
        assertThat(desk().issuer().test())
                .isEqualTo(start
                        + ", protected as the settings want it, that it takes no general messages: \"we know none\""
                        + " (badRequest: it does not permit or support this)");
        CmpIssuer misled =
                desk().secret(CmpDesk.secret("another", SharedSecret.Mac.PBM)).issuer();
        assertThat(catchThrowableOfType(LifecycleException.class, misled::test).code())
                .isEqualTo("CMP_ERROR_UNPROVEN");
        assertThat(ca().inForce()).isEmpty();
    }

    @Test
    void a_test_tells_when_the_clock_of_the_ca_differs() throws Exception {
        MovableClock fast =
                new MovableClock(Instant.now().plus(Duration.ofMinutes(150)).plusSeconds(30));
        assertThat(desk().at(fast).issuer().test())
                .endsWith(
                        ", protected as the settings want it; its clock is 2h 30m behind this machine's; correct the one"
                                + " that is wrong");
    }

    @Test
    void secrets_over_plain_http_are_warned_about() {
        assertThat(desk().issuer().warnings())
                .containsExactly(
                        "its messages go over plain http: whoever reads along can try passwords against them; use"
                                + " a long random secret, or https");
        assertThat(desk().signingAs(ca().issuing().leaf("client.certwright.test"))
                        .issuer()
                        .warnings())
                .isEmpty();
    }

    @Test
    void asked_twice_without_an_answer_a_person_is_told() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        CmpIssuer issuer = desk().at(clock).issuer();
        ca().be(TestCmpCa.Mood.FORGETS);
        server.treat(TestCmpServer.Manner.LOSES_ITS_ANSWER);
        failure(AnswerLostException.class, issuer);
        server.treat(TestCmpServer.Manner.WELL);
        assertThat(issuer.lookUp(REQUEST)).isEmpty();
        clock.advance(Duration.ofMinutes(3));
        server.treat(TestCmpServer.Manner.LOSES_ITS_ANSWER);
        failure(AnswerLostException.class, issuer);
        server.treat(TestCmpServer.Manner.WELL);
        LifecycleException unknown = catchThrowableOfType(LifecycleException.class, () -> issuer.lookUp(REQUEST));
        assertThat(unknown)
                .hasMessage("issuer cmp: asked 2 times with the same CSR, and what became of it the server cannot tell;"
                        + " look there for certificates for wsus.certwright.test, wsus2.certwright.test, revoke what is not"
                        + " needed, then run \"certwright renew wsus01 --force\"");
        clock.advance(Duration.ofMinutes(3));
        assertThat(failure(LifecycleException.class, issuer)).hasMessage(unknown.getMessage());
        assertThat(ca().inForce()).hasSize(2);
    }
}
