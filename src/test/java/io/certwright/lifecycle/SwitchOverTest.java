package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.AlertKind;
import io.certwright.binding.HostName;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.BindingProof;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Proof;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.probe.Endpoint;
import io.certwright.testing.FakeBinding;
import io.certwright.testing.FakeBinding.Fault;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SwitchOverTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void what_is_bound_is_on_record_before_the_first_change() throws LifecycleException {
        StoredCertificate first = firstOne();
        bench.web.with(Fault.REFUSES_TO_BIND);

        bench.renew(Urge.FORCE);

        assertThat(bench.stored().snapshots().list(bench.open().orElseThrow().id()))
                .singleElement()
                .satisfies(snapshot -> {
                    assertThat(snapshot.state().chain())
                            .contains(first.certificate().chain());
                    assertThat(snapshot.reachableBefore()).isTrue();
                    assertThat(snapshot.takenAt()).isEqualTo(bench.clock.instant());
                });
    }

    @Test
    void a_server_that_goes_on_serving_the_old_one_is_put_back_and_that_is_proven() throws LifecycleException {
        StoredCertificate first = firstOne();
        bench.web.with(Fault.SERVES_THE_OLD_ONE);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        StoredCertificate next = stored(bench.open().orElseThrow());
        assertThat(outcome).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(outcome.sentence())
                .isEqualTo("rolled back to the previous certificate: web.contoso.com:443 presents "
                        + Thumbprint.of(first.certificate().leaf()).abbreviated() + "…, wanted "
                        + Thumbprint.of(next.certificate().leaf()).abbreviated() + "…");
        assertThat(bench.web.journal())
                .endsWith(
                        "bind " + FakeBinding.brief(next.certificate()),
                        "restore " + FakeBinding.brief(first.certificate()));
        assertThat(bench.inUse().certificate()).isEqualTo(first.certificate());
        assertThat(bench.latest().stage()).as("bound is undone").isEqualTo(Stage.STORED);
    }

    @Test
    void a_wrong_answer_is_final_only_when_it_stays_wrong_for_some_seconds() throws LifecycleException {
        firstOne();
        var before = bench.clock.instant();
        bench.web.with(Fault.SERVES_THE_OLD_ONE);

        bench.renew(Urge.FORCE);

        assertThat(Duration.between(before, bench.clock.instant())).isEqualTo(Duration.ofMillis(4500));
    }

    @Test
    void a_proof_that_a_person_cuts_short_puts_nothing_back_and_the_next_run_proves_it() throws LifecycleException {
        firstOne();
        bench.clock.advance(Duration.ofDays(1));
        bench.web.with(Fault.SERVES_THE_OLD_ONE);
        RenewalOutcome outcome = bench.story()
                .lifecycle()
                .renew(StoryBench.WSUS, Urge.FORCE, (name, step, sentence) -> {
                    if (step.equals("bind")) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.sentence())
                .isEqualTo("certificate wsus01: stopped before it was proven to be served; the next run goes on there");
        assertThat(bench.web.journal()).noneMatch(line -> line.startsWith("restore"));
        assertThat(bench.open().orElseThrow().stage()).isEqualTo(Stage.BOUND);

        bench.web.with(Fault.NONE);
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void after_a_rollback_nothing_is_bound_again_by_itself() throws LifecycleException {
        StoredCertificate first = firstOne();
        rolledBack();
        List<String> journal = bench.web.journal();

        for (int hour = 0; hour < 30; hour++) {
            bench.clock.advance(Duration.ofHours(1));
            assertThat(bench.renew()).isInstanceOfSatisfying(RenewalOutcome.Waiting.class, waiting -> {
                assertThat(waiting.hold().kind()).isEqualTo(HoldKind.PERSON);
                assertThat(waiting.hold().sentence())
                        .startsWith("rolled back to the previous certificate: ")
                        .endsWith("; nothing has changed since, so it is not bound again by itself: "
                                + "\"certwright bind wsus01\" does");
            });
        }

        assertThat(bench.web.journal()).isEqualTo(journal);
        assertThat(bench.web.served()).contains(first.certificate().chain());
        assertThat(bench.standing().outcome()).isEqualTo("RolledBack");
        assertThat(bench.issuer.asked()).hasSize(2);
        assertThat(bench.alertKinds())
                .as("each thing is told once")
                .containsExactlyInAnyOrder(AlertKind.ROLLED_BACK, AlertKind.WAITING_LONG);
    }

    @Test
    void a_person_who_says_bind_binds_what_was_rolled_back() throws LifecycleException {
        firstOne();
        rolledBack();
        StoredCertificate next = stored(bench.open().orElseThrow());

        StoredCertificate bound = bench.renewed(Urge.BIND);

        assertThat(bound.certificate()).isEqualTo(next.certificate());
    }

    @Test
    void a_changed_server_lets_the_story_try_again() throws LifecycleException {
        firstOne();
        rolledBack();
        bench.web.found(bench.ca.leaf("wsus01.contoso.com").issue().chain());
        bench.clock.advance(Duration.ofHours(1));

        bench.renewed();
    }

    @Test
    void what_the_server_was_changed_to_in_the_meantime_is_what_a_second_rollback_restores() throws LifecycleException {
        firstOne();
        rolledBack();
        var byHand = bench.ca.leaf("wsus01.contoso.com").issue();
        bench.web.found(byHand.chain()).with(Fault.SERVES_THE_OLD_ONE);
        bench.clock.advance(Duration.ofHours(1));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.RolledBack.class);

        assertThat(bench.web.served()).contains(byHand.chain());
    }

    @Test
    void a_changed_plan_lets_the_story_try_again() throws LifecycleException {
        firstOne();
        rolledBack();
        FakeBinding files = bench.add(new FakeBinding("fake:files", HostName.LOCAL));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web, files));

        bench.renewed();
    }

    @Test
    void the_end_of_the_old_certificate_lets_the_story_try_again() throws LifecycleException {
        firstOne();
        rolledBack();
        bench.clock.moveTo(StoryBench.START.plus(Duration.ofDays(90)).plusSeconds(1));
        bench.issuer.issuingFor(Duration.ofDays(90));

        assertThat(bench.renew()).as("there is nothing to lose any more").isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void a_host_out_of_reach_for_a_while_does_not_make_the_story_forget_a_rollback() throws LifecycleException {
        bench.group("pcs", false, Duration.ZERO);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        bench.renewed();
        rolledBack();
        List<String> journal = bench.web.journal();
        bench.web.unreadable(true);
        bench.clock.advance(Duration.ofHours(1));
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Failed.class);
        bench.web.unreadable(false);
        bench.clock.advance(Duration.ofHours(1));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);
        assertThat(bench.web.journal()).isEqualTo(journal);
    }

    @Test
    void force_after_a_rollback_wants_a_new_certificate() throws LifecycleException {
        firstOne();
        rolledBack();
        bench.clock.advance(Duration.ofHours(1));

        bench.renewed(Urge.FORCE);

        assertThat(bench.issuer.asked()).hasSize(3);
    }

    @Test
    void a_server_that_answered_before_and_is_silent_now_gets_its_old_certificate_back() throws LifecycleException {
        firstOne();
        bench.web.with(Fault.FALLS_SILENT_WHEN_BOUND);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(outcome.sentence())
                .isEqualTo("rolled back to the previous certificate: web.contoso.com:443 does not answer "
                        + "(web.contoso.com:443: nobody listens there), it did before the change");
        assertThat(bench.web.served()).contains(bench.inUse().certificate().chain());
    }

    @Test
    void a_server_that_was_silent_before_keeps_the_new_certificate_and_proof_is_sought_again()
            throws LifecycleException {
        firstOne();
        bench.web.silent(true);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome.sentence())
                .isEqualTo("certificate wsus01: not proven to be served: web.contoso.com:443 does not answer "
                        + "(web.contoso.com:443: nobody listens there), nor did it before the change; "
                        + "start the server there, then \"certwright renew wsus01\", or wait for the next try");
        assertThat(bench.web.bound())
                .contains(stored(bench.open().orElseThrow()).certificate().chain());
        assertThat(bench.latest().stage()).isEqualTo(Stage.BOUND);
        assertThat(bench.standing().nextAttemptAt())
                .contains(bench.clock.instant().plus(Duration.ofMinutes(1)));

        bench.web.silent(false);
        bench.clock.advance(Duration.ofMinutes(1));
        bench.renewed();
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void a_refusal_before_any_change_restores_nothing_and_is_tried_again() throws LifecycleException {
        StoredCertificate first = firstOne();
        List<String> journal = bench.web.journal();
        bench.web.with(Fault.REFUSES_TO_BIND);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome).isInstanceOfSatisfying(RenewalOutcome.Failed.class, failed -> {
            assertThat(failed.cause().code()).isEqualTo("NOT_PROVEN");
            assertThat(failed.cause().kind()).isEqualTo(FailureKind.REFUSED);
        });
        assertThat(outcome.sentence()).contains("fake:web could not be bound: host local: access is denied");
        assertThat(bench.web.journal()).isEqualTo(journal);
        assertThat(bench.web.served()).contains(first.certificate().chain());

        bench.web.with(Fault.NONE);
        bench.clock.advance(Duration.ofHours(6));
        bench.renewed();
    }

    @Test
    void a_failure_after_the_change_is_put_back() throws LifecycleException {
        StoredCertificate first = firstOne();
        bench.web.with(Fault.FAILS_AFTER_BINDING);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome.sentence())
                .isEqualTo(
                        "rolled back to the previous certificate: fake:web could not be bound: host local: reload failed");
        assertThat(bench.web.served()).contains(first.certificate().chain());
    }

    @Test
    void a_programming_error_of_an_adapter_is_put_back_too() throws LifecycleException {
        StoredCertificate first = firstOne();
        bench.web.with(Fault.BREAKS_AFTER_BINDING);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome.sentence())
                .isEqualTo("rolled back to the previous certificate: fake:web could not be bound: "
                        + "java.lang.IllegalStateException: a list was empty");
        assertThat(bench.web.served()).contains(first.certificate().chain());
    }

    @Test
    void the_second_binding_s_failure_puts_the_first_one_back() throws LifecycleException {
        FakeBinding mail = secondServer();
        StoredCertificate first = firstOne();
        mail.with(Fault.REFUSES_TO_BIND);

        assertThat(bench.renew(Urge.FORCE)).isInstanceOf(RenewalOutcome.RolledBack.class);

        assertThat(bench.web.served()).contains(first.certificate().chain());
        assertThat(mail.served()).contains(first.certificate().chain());
    }

    @Test
    void a_binding_that_fails_ends_the_switch_over_before_the_next_one() throws LifecycleException {
        FakeBinding mail = secondServer();
        firstOne();
        int before = mail.journal().size();
        bench.web.with(Fault.SERVES_THE_OLD_ONE);

        bench.renew(Urge.FORCE);

        assertThat(mail.journal().subList(before, mail.journal().size())).noneMatch(line -> line.startsWith("bind"));
    }

    @Test
    void a_binding_that_cannot_go_back_keeps_no_other_one_from_going_back() throws LifecycleException {
        FakeBinding mail = secondServer();
        StoredCertificate first = firstOne();
        bench.web.with(Fault.NONE);
        mail.with(Fault.SERVES_THE_OLD_ONE);
        FakeBinding third =
                bench.add(new FakeBinding("fake:third", HostName.LOCAL, Endpoint.of("third.contoso.com", 443)));
        third.found(first.certificate().chain()).with(Fault.CANNOT_BE_RESTORED);
        bench.inForce(TestWish.named("wsus01").boundTo(third, bench.web, mail));
        third.with(Fault.CANNOT_BE_RESTORED);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome).isInstanceOf(RenewalOutcome.RestoreFailed.class);
        assertThat(bench.web.served()).contains(first.certificate().chain());
        assertThat(mail.served()).contains(first.certificate().chain());
    }

    @Test
    void a_restore_that_fails_says_act_now() throws LifecycleException {
        StoredCertificate first = firstOne();
        bench.web.with(Fault.CANNOT_BE_RESTORED);

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome).isInstanceOf(RenewalOutcome.RestoreFailed.class);
        assertThat(outcome.sentence())
                .isEqualTo("act now: web.contoso.com:443 presents "
                        + Thumbprint.of(first.certificate().leaf()).abbreviated() + "…, wanted "
                        + Thumbprint.of(stored(bench.open().orElseThrow())
                                        .certificate()
                                        .leaf())
                                .abbreviated()
                        + "…; the previous certificate was not restored: fake:web: host local: the connection broke");
        assertThat(bench.alertKinds()).containsExactly(AlertKind.RESTORE_FAILED);
        assertThat(bench.renew()).as("nothing flips afterwards").isInstanceOf(RenewalOutcome.Waiting.class);
    }

    @Test
    void a_restore_without_proof_has_failed() throws LifecycleException {
        firstOne();
        bench.web
                .with(Fault.RESTORES_BADLY)
                .afterRestoreServing(
                        bench.ca.leaf("stranger.contoso.com").issue().chain());

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome.sentence()).contains("the previous certificate was not restored: fake:web: put back, but ");
    }

    @Test
    void an_expired_certificate_is_not_put_back() throws LifecycleException {
        firstOne();
        bench.clock.advance(Duration.ofDays(91));
        bench.web.with(Fault.SERVES_THE_OLD_ONE);

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome).isInstanceOf(RenewalOutcome.RestoreFailed.class);
        assertThat(outcome.sentence())
                .endsWith("the previous certificate was not restored: the certificate before is valid from "
                        + "2026-03-02T10:00:00Z to 2026-05-31T10:00:00Z only, so the new one stays where it is");
        assertThat(bench.web.journal()).noneMatch(line -> line.startsWith("restore"));
    }

    @Test
    void a_revoked_certificate_is_not_put_back() throws LifecycleException {
        StoredCertificate first = firstOne();
        bench.stored().certificates().markRevoked(first.certificate().sha256(), bench.clock.instant());
        bench.web.with(Fault.SERVES_THE_OLD_ONE);

        assertThat(bench.renew().sentence())
                .endsWith("the certificate before is revoked, so the new one stays where it is");
        assertThat(bench.web.journal()).noneMatch(line -> line.startsWith("restore"));
    }

    @Test
    void a_failed_first_issue_goes_back_to_no_certificate() throws LifecycleException {
        bench.wishInForce();
        bench.web.with(Fault.FAILS_AFTER_BINDING);

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.RolledBack.class);

        assertThat(bench.web.bound()).isEmpty();
        assertThat(bench.told()).endsWith("restore: fake:web is back to no certificate");
    }

    @Test
    void every_endpoint_of_a_binding_must_show_the_leaf() throws LifecycleException {
        FakeBinding two = bench.add(new FakeBinding(
                "fake:two", HostName.LOCAL, Endpoint.of("one.contoso.com", 443), Endpoint.of("two.contoso.com", 443)));
        var stranger = bench.ca.leaf("stranger.contoso.com").issue();
        bench.probe.server(Endpoint.of("two.contoso.com", 443), () -> java.util.Optional.of(stranger.chain()));
        bench.inForce(TestWish.named("wsus01").boundTo(two));

        assertThat(bench.renew().sentence())
                .startsWith("rolled back to the previous certificate: two.contoso.com:443 presents ");
    }

    @Test
    void a_proof_names_what_failed_or_else_all_that_was_proven() {
        var name = bench.web.name();
        var proven = BindingProof.Proven.byReadingBack(name);
        var lost = new BindingProof.Unreachable(name, Endpoint.of("a.b", 1), false, "closed");
        assertThat(new Proof(List.of(proven, proven)).sentence())
                .isEqualTo("fake:web holds the new certificate, read back; no endpoint to shake hands with; "
                        + "fake:web holds the new certificate, read back; no endpoint to shake hands with");
        assertThat(new Proof(List.of(proven, lost)).sentence())
                .isEqualTo("a.b:1 does not answer (closed), nor did it before the change");
        assertThat(new Proof(List.of()).stands()).isTrue();
        assertThat(new Proof(List.of(proven, lost)).stands()).isFalse();
    }

    @Test
    void a_restore_is_demanded_by_what_is_worse_than_before() {
        var name = bench.web.name();
        var endpoint = Endpoint.of("a.b", 1);
        var one = new Thumbprint("A".repeat(40));
        assertThat(new BindingProof.Mismatch(name, endpoint, one, one).demandsRestore())
                .isTrue();
        assertThat(new BindingProof.Unreachable(name, endpoint, true, "x").demandsRestore())
                .isTrue();
        assertThat(new BindingProof.Unreachable(name, endpoint, false, "x").demandsRestore())
                .isFalse();
        assertThat(new BindingProof.NotBound(name, true, FailureKind.REFUSED, "x").demandsRestore())
                .isTrue();
        assertThat(new BindingProof.NotBound(name, false, FailureKind.REFUSED, "x").demandsRestore())
                .isFalse();
        assertThat(BindingProof.Proven.byReadingBack(name).demandsRestore()).isFalse();
    }

    private StoredCertificate firstOne() throws LifecycleException {
        if (bench.wishes.find(StoryBench.WSUS).isEmpty()) {
            bench.wishInForce();
        }
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofDays(1));
        return first;
    }

    /** Leaves a rolled back renewal, and a server that would work again. */
    private void rolledBack() {
        bench.clock.advance(Duration.ofSeconds(1));
        bench.web.with(Fault.SERVES_THE_OLD_ONE);
        assertThat(bench.renew(Urge.FORCE)).isInstanceOf(RenewalOutcome.RolledBack.class);
        bench.web.with(Fault.NONE);
    }

    private FakeBinding secondServer() {
        FakeBinding mail =
                bench.add(new FakeBinding("fake:mail", HostName.LOCAL, Endpoint.of("mail.contoso.com", 993)));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web, mail));
        return mail;
    }

    private StoredCertificate stored(Renewal renewal) throws LifecycleException {
        return bench.stored().certificates().get(renewal.issued().orElseThrow());
    }
}
