package io.certwright.enrollment.certreq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import io.certwright.windows.runbook.RunbookHost;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.CertreqTrouble;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedAuthority.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A CA of AD CS through certreq, in good days and bad. */
class CertreqIssuerTest {
    private static final TestSealer SEALER = new TestSealer();

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Path folder;
    private final CertreqWorld world;
    private final EnrollmentRequest request;

    CertreqIssuerTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        world = new CertreqWorld(folder, clock);
        request = TestRequests.fresh(SEALER, KeySpec.P_256, clock.instant(), "wsus01.contoso.com");
    }

    private EnrollmentResult asked() throws LifecycleException {
        return world.issuer().request(request);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(String code, FailureKind kind) {
        return assertThatThrownBy(this::asked).isInstanceOfSatisfying(LifecycleException.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.kind()).isEqualTo(kind);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gives_leaf_and_issuing_ca_in_any_language(boolean german) throws Exception {
        speak(german);

        assertThat(asked()).isInstanceOfSatisfying(Issued.class, issued -> {
            assertThat(issued.certificate().leaf().getPublicKey().getEncoded())
                    .isEqualTo(request.csr().publicKey());
            assertThat(issued.certificate().chain().intermediates()).containsExactly(world.authority.issuing());
        });
        assertThat(world.issuer().template()).contains("WebServer");
    }

    private void speak(boolean german) {
        if (german) {
            world.server.with(Behaviour.SPEAKS_GERMAN);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_a_person_must_approve_is_retrieved_later_by_its_number(boolean german) throws Exception {
        speak(german);
        world.authority.decides(Policy.ASKS_A_PERSON);

        Pending pending = (Pending) asked();
        assertThat(pending.id()).isEqualTo(new RequestId("1"));
        assertThat(pending.askAgainIn()).isEqualTo(Duration.ofMinutes(30));
        assertThat(pending.sentence())
                .isEqualTo(
                        "issuer corp-ca: request 1 is not decided at ca01.contoso.com\\Contoso Issuing CA, which says "
                                + (german
                                        ? "\"Die Zertifikatanforderung steht aus: Zur Bearbeitung angenommen (0)\""
                                        : "\"Certificate request is pending: Taken Under Submission (0)\"")
                                + "; approve it there under Pending Requests");
        assertThat(world.issuer().collect(request, pending.id())).isInstanceOf(Pending.class);

        world.authority.approveAll();

        assertThat(world.issuer().collect(request, pending.id())).isInstanceOf(Issued.class);
        assertThat(world.authority.requests()).isEqualTo(1);
    }

    @Test
    void what_a_person_denied_is_told_with_its_code() throws Exception {
        world.authority.decides(Policy.ASKS_A_PERSON);
        Pending pending = (Pending) asked();
        world.authority.denyAll();

        assertThat(world.issuer().collect(request, pending.id()))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.sentence())
                                .startsWith("issuer corp-ca denied the certificate for wsus01.contoso.com (request 1): "
                                        + "\"Certificate not issued (Denied) Denied by Policy Module  0x80094014\""
                                        + " (0x80094014 CERTSRV_E_ADMIN_DENIED_REQUEST: "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_denial_keeps_the_words_of_the_ca_and_explains_its_code(boolean german) throws Exception {
        speak(german);
        world.authority.decides(Policy.DENIES);

        assertThat(asked())
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.sentence())
                                .startsWith(
                                        "issuer corp-ca denied the certificate for wsus01.contoso.com (request 1): \""
                                                + (german ? "Zertifikat nicht ausgestellt" : "Certificate not issued"))
                                .contains("(0x80094012 CERTSRV_E_TEMPLATE_DENIED: "));
    }

    @Test
    void a_template_that_the_ca_does_not_issue_by_is_a_denial_too() throws Exception {
        assertThat(world.issuer(world.server.host(), "Web Server").request(request))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.sentence())
                                .contains(
                                        "(a request without a number)",
                                        "(0x80094800 CERTSRV_E_UNSUPPORTED_CERT_TYPE: "));
        assertThat(world.authority.requests()).isZero();
    }

    @Test
    void a_ca_out_of_reach_holds_no_request() {
        world.server.meet(CertreqTrouble.OUT_OF_REACH);

        assertFails("CA_UNREACHABLE", FailureKind.UNREACHABLE)
                .isNotInstanceOf(AnswerLostException.class)
                .hasMessageStartingWith(
                        "issuer corp-ca: CA ca01.contoso.com\\Contoso Issuing CA did not take the request, certreq"
                                + " ended with 0x800706BA: \"Certificate Request Processor: The RPC server is unavailable. 0x800706ba"
                                + " (-2147023174)\" (0x800706BA RPC_S_SERVER_UNAVAILABLE: ");
    }

    @Test
    void access_denied_says_who_asks() {
        world.server.meet(CertreqTrouble.DENIES_ACCESS);

        assertFails("CA_ACCESS_DENIED", FailureKind.UNAUTHORIZED)
                .isNotInstanceOf(AnswerLostException.class)
                .hasMessageContaining("(0x80070005 E_ACCESSDENIED: ")
                .hasMessageEndingWith(
                        "; a task as SYSTEM asks as the host's own account, which then needs Enroll on the template");
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITES_NO_FILE", "WRITES_GARBAGE"})
    void a_success_without_a_certificate_is_retrieved_by_its_number_and_never_submitted_again(CertreqTrouble trouble)
            throws Exception {
        world.server.meet(trouble);

        Pending pending = (Pending) asked();
        assertThat(pending.id()).isEqualTo(new RequestId("1"));
        world.server.meet(CertreqTrouble.NONE);

        assertThat(world.issuer().request(request)).isInstanceOf(Issued.class);
        assertThat(world.authority.requests()).isEqualTo(1);
    }

    @Test
    void a_success_that_says_nothing_is_unknown() {
        world.server.meet(CertreqTrouble.NAMES_NO_REQUEST);

        assertFails("CERTREQ_UNCLEAR", FailureKind.MALFORMED_ANSWER)
                .isInstanceOf(AnswerLostException.class)
                .hasMessage(
                        "issuer corp-ca: CA ca01.contoso.com\\Contoso Issuing CA may have the request: certreq ended with 0,"
                                + " wrote no certificate and named no request, saying \"Certificate retrieved(Issued) Issued\"; look into"
                                + " the CA's console for it");
    }

    @Test
    void a_remote_call_that_breaks_off_is_unknown() {
        world.server.meet(CertreqTrouble.BREAKS_OFF);

        assertFails("CA_UNREACHABLE", FailureKind.UNREACHABLE).isInstanceOf(AnswerLostException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_visit_that_goes_wrong_at_the_submission_is_unknown(Mishap.Kind kind) throws Exception {
        world.server.plan(Mishap.at("Submit-CaRequest", true, kind));

        assertThatThrownBy(this::asked).isInstanceOf(AnswerLostException.class);
        assertThat(world.authority.requests()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(3));
        assertThat(asked()).isInstanceOf(Issued.class);
        assertThat(world.authority.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_visit_that_goes_wrong_before_it_left_nothing_at_the_ca(Mishap.Kind kind) {
        world.server.plan(Mishap.at("Get-HostFacts", true, kind));

        LifecycleException failed = catchThrowableOfType(LifecycleException.class, this::asked);

        assertThat(failed).isNotInstanceOf(AnswerLostException.class);
        assertThat(world.authority.requests()).isZero();
    }

    @Test
    void a_number_that_the_ca_does_not_know_is_refused() {
        assertThatThrownBy(() -> world.issuer().collect(request, new RequestId("77")))
                .hasMessage(
                        "issuer corp-ca: CA ca01.contoso.com\\Contoso Issuing CA knows no request \"77\" for wsus01; look into"
                                + " its console, then \"certwright renew wsus01 --force\"");
        assertThatThrownBy(() -> world.issuer().collect(request, new RequestId("https://order/1")))
                .hasMessageContaining("knows no request \"https://order/1\"");
    }

    @Test
    void garbage_that_is_retrieved_is_told_and_another_ca_out_of_reach_too() throws Exception {
        world.authority.decides(Policy.ASKS_A_PERSON);
        Pending pending = (Pending) asked();
        world.authority.approveAll();

        world.server.meet(CertreqTrouble.WRITES_GARBAGE);
        assertThatThrownBy(() -> world.issuer().collect(request, pending.id()))
                .hasMessage(
                        "issuer corp-ca: what certreq wrote for wsus01: it is a web page or XML, no certificate; perhaps an"
                                + " error page was saved in place of the file");
        world.server.meet(CertreqTrouble.OUT_OF_REACH);
        assertThatThrownBy(() -> world.issuer().collect(request, pending.id()))
                .hasMessageContaining("RPC_S_SERVER_UNAVAILABLE");
    }

    @Test
    void a_test_reaches_the_ca_and_finds_the_template() throws Exception {
        assertThat(world.issuer().test())
                .isEqualTo(
                        "adcs-certreq issuer corp-ca: ca01.contoso.com\\Contoso Issuing CA answers on host wsus01 and issues by"
                                + " template WebServer; whether the account may enroll for it shows only when a certificate is"
                                + " asked for");
        assertThat(world.authority.requests()).isZero();
        Clock slow = Clock.offset(clock, Duration.ofHours(-2).minusSeconds(1));
        assertThat(world.issuer(slow).test())
                .endsWith("; the host's clock is 2h 0m ahead of this machine's; correct the one that is wrong");

        assertThatThrownBy(() -> world.issuer(world.server.host(), "WebServer2").test())
                .hasMessage(
                        "issuer corp-ca: CA ca01.contoso.com\\Contoso Issuing CA issues by the templates Machine, WebServer,"
                                + " wanted \"WebServer2\"; publish it at the CA, and name it by its internal name");
        world.server.meet(CertreqTrouble.OUT_OF_REACH);
        assertThatThrownBy(() -> world.issuer().test())
                .hasMessageContaining("does not answer, certutil ended with 0x800706BA: ");
        world.server.with(Behaviour.FILTERS_TOKEN);
        assertThatThrownBy(() -> world.issuer().test()).hasMessageContaining("has no administrator's token");
    }

    @Test
    void a_logon_by_key_asks_as_system_and_leaves_no_task() throws Exception {
        world.server.with(Behaviour.LOGS_ON_BY_KEY);

        assertThat(world.issuer().test()).contains("answers on host wsus01");
        assertThat(asked()).isInstanceOf(Issued.class);

        assertThat(world.server.called())
                .containsSubsequence("Get-HostFacts", "Get-Leftovers", "Invoke-AsSystem", "Submit-CaRequest");
        assertThat(world.server.leftTasks()).isEmpty();
    }

    @Test
    void a_request_that_a_person_still_has_to_carry_has_not_left() throws Exception {
        RunbookHost carried = new RunbookHost("wsus01", folder.resolve("runbook"), clock);

        for (String step : List.of("Get-HostFacts", "Submit-CaRequest")) {
            assertThatThrownBy(() -> world.issuer(carried, "WebServer").request(request))
                    .isNotInstanceOf(AnswerLostException.class)
                    .hasMessageContaining("a person has to carry " + step + " there");
            carry(step);
            clock.advance(Duration.ofMinutes(3));
        }

        assertThat(world.issuer(carried, "WebServer").request(request)).isInstanceOf(Issued.class);
        assertThat(world.authority.requests()).isEqualTo(1);
    }

    private void carry(String step) throws IOException {
        try (Stream<Path> bundles = Files.list(folder.resolve("runbook"))) {
            for (Path bundle : bundles.toList()) {
                String asked = Files.readString(bundle.resolve("request.json"));
                if (asked.contains(step)) {
                    Files.writeString(bundle.resolve("answer.txt"), world.server.answer(asked));
                }
            }
        }
    }

    @Test
    void a_task_that_is_lost_with_its_answer_is_unknown() {
        world.server.with(Behaviour.LOGS_ON_BY_KEY);
        world.server.plan(Mishap.at("Submit-CaRequest", true, Mishap.Kind.HANG));

        assertFails("HOST_TASK_TOO_SLOW", FailureKind.UNREACHABLE).isInstanceOf(AnswerLostException.class);
    }
}
