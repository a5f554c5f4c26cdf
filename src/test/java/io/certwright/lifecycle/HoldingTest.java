package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.binding.HostLock;
import io.certwright.binding.HostLocks;
import io.certwright.binding.HostName;
import io.certwright.binding.ProcessLocks;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.MaintenanceWindow;
import io.certwright.probe.Endpoint;
import io.certwright.testing.FakeBinding;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HoldingTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** Beyond what any system gives. */
    private static final long NO_PROCESS = 999_999_999;

    private StoryBench bench;
    private HostLocks plainLocks;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
        plainLocks = bench.stored().hostLocks();
    }

    private static final Duration WAIT = Duration.ofDays(14);

    @Test
    void a_first_issue_for_a_server_without_certificate_waits_for_no_client() throws LifecycleException {
        pinningClients();

        bench.renewed();

        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void a_new_pin_waits_until_clients_have_it() throws LifecycleException {
        pinningClients();
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofDays(45));

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        Hold hold = ((RenewalOutcome.Waiting) outcome).hold();
        assertThat(hold.kind()).isEqualTo(HoldKind.CLIENT_TRUST);
        assertThat(hold.until()).contains(Instant.parse("2026-04-30T10:00:00Z"));
        assertThat(hold.sentence())
                .startsWith("clients of pcs have the new trust from 2026-04-30T10:00:00Z on (")
                .endsWith("; \"certwright trust confirm pcs\" ends the wait");
        assertThat(bench.web.served()).contains(first.certificate().chain());
        assertThat(bench.open().orElseThrow().stage()).isEqualTo(Stage.TRUST_PUBLISHED);
        assertThat(bench.stored().looks().findNext()).contains(Instant.parse("2026-04-30T10:00:00Z"));
        assertThat(bench.alerts()).as("a planned wait is nothing to mail about").isEmpty();
    }

    @Test
    void the_package_holds_the_old_pin_and_the_new_one_while_clients_are_waited_for() throws LifecycleException {
        pinningClients();
        StoredCertificate first = bench.renewed();
        bench.renew(Urge.FORCE);

        var next = bench.stored()
                .certificates()
                .get(bench.open().orElseThrow().issued().orElseThrow());
        assertThat(bench.trustPublisher
                        .present(io.certwright.trust.ClientGroupName.of("pcs"))
                        .orElseThrow()
                        .pins())
                .extracting(pin -> pin.leaf())
                .containsExactlyInAnyOrder(
                        first.certificate().leaf(), next.certificate().leaf());
    }

    @Test
    void when_the_wait_is_over_the_same_certificate_is_bound() throws LifecycleException {
        pinningClients();
        bench.renewed();
        bench.renew(Urge.FORCE);
        var waiting = bench.open().orElseThrow().issued().orElseThrow();
        bench.clock.advance(WAIT);

        StoredCertificate bound = bench.renewed();

        assertThat(bound.certificate().sha256()).isEqualTo(waiting);
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void a_person_who_confirms_ends_the_wait() throws LifecycleException {
        var group = pinningClients();
        bench.renewed();
        bench.renew(Urge.FORCE);
        bench.clock.advance(Duration.ofDays(1));

        bench.clientTrust().confirm(group, "Ada");
        bench.renewed();

        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void accepting_untrusting_clients_binds_at_once_and_everybody_hears_what_pinned_clients_need()
            throws LifecycleException {
        pinningClients();
        bench.renewed();
        bench.renew(Urge.FORCE);

        bench.renewed(Urge.FORCE.andAcceptUntrustingClients());

        Alert alert = bench.alerts().get(0);
        assertThat(bench.alerts()).hasSize(1);
        assertThat(alert.key().kind()).isEqualTo(AlertKind.EMERGENCY);
        assertThat(alert.sentence()).isEqualTo("wsus01: bound before all clients have the new trust");
        assertThat(alert.whatHappened()).contains("DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection = 1 (DWORD)");
        assertThat(alert.commands())
                .contains("reg add \"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\""
                        + " /v DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection /t REG_DWORD /d 1 /f")
                .endsWith("certwright trust export pcs --out trust", "certwright trust emergency pcs");
    }

    @Test
    void an_expired_predecessor_is_an_emergency_without_wait_and_window() throws LifecycleException {
        pinningClients();
        bench.renewed();
        sundayWindow();
        bench.clock.advance(Duration.ofDays(91));

        bench.renewed();

        Alert alert = bench.alerts().get(0);
        assertThat(alert.key().kind()).isEqualTo(AlertKind.EMERGENCY);
        assertThat(alert.whatHappened())
                .startsWith("emergency: the certificate in use expired at 2026-05-31T10:00:00Z");
    }

    @Test
    void a_revoked_predecessor_is_an_emergency() throws LifecycleException {
        pinningClients();
        StoredCertificate first = bench.renewed();
        bench.stored().certificates().markRevoked(first.certificate().sha256(), bench.clock.instant());

        bench.renewed();

        assertThat(bench.alerts())
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.whatHappened()).startsWith("emergency: the certificate in use is revoked"));
    }

    @Test
    void a_predecessor_that_ends_before_the_wait_does_is_an_emergency() throws LifecycleException {
        pinningClients();
        bench.renewed();
        bench.clock.moveTo(Instant.parse("2026-05-20T10:00:00Z"));

        bench.renewed();

        assertThat(bench.alerts())
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.whatHappened())
                                .startsWith(
                                        "emergency: the certificate in use ends at 2026-05-31T10:00:00Z, "
                                                + "before the wait for clients and maintenance window is over at 2026-06-03T10:00:00Z"));
    }

    @Test
    void a_predecessor_that_ends_before_the_window_opens_is_an_emergency_that_nobody_needs_a_mail_about()
            throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        window("Mon 02:00-05:00 UTC");
        bench.clock.moveTo(Instant.parse("2026-05-30T10:00:00Z"));

        bench.renewed();

        assertThat(bench.alerts())
                .as("no client group, so nobody is left behind")
                .isEmpty();
    }

    @Test
    void a_closed_window_holds_the_switch_over_until_it_opens() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        sundayWindow();

        RenewalOutcome outcome = bench.renew(Urge.FORCE);

        assertThat(outcome)
                .isEqualTo(
                        new RenewalOutcome.Waiting(
                                Hold.until(
                                        HoldKind.WINDOW,
                                        Instant.parse("2026-03-08T01:00:00Z"),
                                        "the maintenance window of host local (Sun 02:00-05:00 Europe/Berlin) opens at 2026-03-08T01:00:00Z")));
        bench.clock.moveTo(Instant.parse("2026-03-08T01:00:00Z"));
        bench.renewed();
    }

    @Test
    void a_person_who_says_bind_does_not_wait_for_the_window() throws LifecycleException {
        bench.wishInForce();
        sundayWindow();
        bench.renew();
        assertThat(bench.open().orElseThrow().stage()).isEqualTo(Stage.STORED);

        bench.renewed(Urge.BIND);
    }

    @Test
    void bind_still_waits_for_the_clients() throws LifecycleException {
        pinningClients();
        bench.renewed();
        bench.renew(Urge.FORCE);

        assertThat(bench.renew(Urge.BIND))
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().kind()).isEqualTo(HoldKind.CLIENT_TRUST));
    }

    @Test
    void a_host_in_report_mode_gets_nothing_issued() throws LifecycleException {
        FakeBinding far = farServer(HostMode.REPORT);
        bench.inForce(TestWish.named("wsus01").boundTo(far));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence())
                .isEqualTo("waiting: host wsus-far is in mode report, so nothing is issued for it; "
                        + "set \"mode: manage\" in its settings to let it change");
        assertThat(bench.issuer.asked()).isEmpty();
        assertThat(bench.latest().stage()).isEqualTo(Stage.OPENED);
        assertThat(bench.standing().nextAttemptAt()).isEmpty();
        assertThat(bench.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.sentence())
                        .startsWith("wsus01: waits for you: host wsus-far is in mode report"));
    }

    @Test
    void once_a_host_is_managed_its_waiting_renewal_goes_on() throws LifecycleException {
        FakeBinding far = farServer(HostMode.REPORT);
        bench.inForce(TestWish.named("wsus01").boundTo(far));
        bench.renew();
        bench.wishes.put(new Host(far.host(), HostMode.MANAGE, Optional.empty()));

        bench.renewed();

        assertThat(far.served()).isPresent();
    }

    @Test
    void a_busy_host_is_waited_for_a_moment_and_then_tried_again_in_a_minute() throws LifecycleException {
        bench.wishInForce();
        lockFor("renewal of somebody else", Duration.ofMinutes(5));

        RenewalOutcome outcome = bench.renew();

        Hold hold = ((RenewalOutcome.Waiting) outcome).hold();
        assertThat(hold.kind()).isEqualTo(HoldKind.BUSY_HOST);
        assertThat(hold.sentence()).isEqualTo("host local is being changed by renewal of somebody else");
        assertThat(bench.clock.instant()).isEqualTo(StoryBench.START.plusSeconds(10));
        assertThat(hold.until()).contains(bench.clock.instant().plus(Duration.ofMinutes(1)));
        assertThat(bench.web.journal()).isEmpty();
    }

    @Test
    void a_host_that_is_free_within_moments_is_bound_in_the_same_run() throws LifecycleException {
        bench.wishInForce();
        lockFor("renewal of somebody else", Duration.ofSeconds(3));

        bench.renewed();

        assertThat(bench.clock.instant()).isEqualTo(StoryBench.START.plusSeconds(3));
    }

    @Test
    void a_lock_left_over_by_a_dead_run_of_the_same_renewal_is_taken_over() throws LifecycleException {
        bench.wishInForce();
        bench.renew(Urge.ISSUE_ONLY);
        Renewal open = bench.open().orElseThrow();
        lockFor("renewal " + open.id() + " of wsus01", Duration.ofMinutes(5));

        bench.renewed(Urge.BIND);

        assertThat(bench.clock.instant()).isEqualTo(StoryBench.START);
    }

    @Test
    void a_lock_left_over_by_a_dead_run_of_the_same_renewal_on_another_machine_is_taken_over()
            throws LifecycleException {
        bench.wishInForce();
        bench.renew(Urge.ISSUE_ONLY);
        Renewal open = bench.open().orElseThrow();
        lockFor(
                "renewal " + open.id() + " of wsus01 (process 7 of pki02, since 2026-03-02T09:00:00Z)",
                Duration.ofMinutes(5));

        bench.renewed(Urge.BIND);

        assertThat(bench.clock.instant()).isEqualTo(StoryBench.START);
    }

    @Test
    void a_process_of_this_machine_that_was_killed_holds_nobody_up() throws LifecycleException {
        namingProcesses("pki01");
        bench.wishInForce();
        lockFor("wsus apply (process " + NO_PROCESS + " of pki01, since 2026-03-02T09:00:00Z)", Duration.ofMinutes(30));

        bench.renewed();

        assertThat(bench.clock.instant()).isEqualTo(StoryBench.START);
    }

    @Test
    void one_of_another_machine_may_live_and_is_waited_for() throws LifecycleException {
        namingProcesses("pki02");
        bench.wishInForce();
        lockFor("wsus apply (process " + NO_PROCESS + " of pki01, since 2026-03-02T09:00:00Z)", Duration.ofMinutes(30));

        Hold hold = ((RenewalOutcome.Waiting) bench.renew()).hold();

        assertThat(hold.sentence())
                .isEqualTo("host local is being changed by wsus apply (process " + NO_PROCESS
                        + " of pki01, since 2026-03-02T09:00:00Z)");
    }

    @Test
    void locks_are_given_back_whatever_the_outcome() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.web.with(FakeBinding.Fault.CANNOT_BE_RESTORED);
        bench.renew(Urge.FORCE);

        assertThat(bench.stored().hostLocks().find(HostName.LOCAL, bench.clock.instant()))
                .isEmpty();
    }

    @Test
    void all_hosts_are_locked_or_none() throws LifecycleException {
        FakeBinding far = farServer(HostMode.MANAGE);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web, far));
        assertThat(bench.stored()
                        .hostLocks()
                        .tryLock(far.host(), "somebody", bench.clock.instant(), Duration.ofMinutes(5)))
                .isPresent();

        bench.renew();

        assertThat(bench.stored().hostLocks().find(HostName.LOCAL, bench.clock.instant()))
                .isEmpty();
        assertThat(bench.web.journal()).isEmpty();
    }

    @Test
    void a_host_that_is_always_busy_is_mailed_about_after_two_days() throws LifecycleException {
        bench.wishInForce();
        for (int hour = 0; hour < 50; hour++) {
            Optional<HostLock> lock = lockFor("a hanging tool", Duration.ofHours(1));
            bench.renew();
            assertThat(lock).isPresent();
            bench.stored().hostLocks().release(lock.get());
            bench.clock.advance(Duration.ofHours(1));
        }

        assertThat(bench.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.key().kind()).isEqualTo(AlertKind.WAITING_LONG);
            assertThat(alert.sentence())
                    .isEqualTo("wsus01: waits for longer than planned: host local is being changed by a hanging tool");
        });
    }

    @Test
    void what_a_dead_run_began_to_bind_is_finished_although_the_window_has_closed() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.renew(Urge.ISSUE_ONLY);
        Renewal open = bench.open().orElseThrow();
        bench.stored().renewals().record(open, new Fact.Bound(bench.clock.instant()));
        sundayWindow();

        bench.renewed();

        assertThat(bench.web.served()).contains(bench.inUse().certificate().chain());
    }

    @Test
    void a_first_issue_that_died_after_binding_is_proven_without_waiting_for_clients() throws LifecycleException {
        pinningClients();
        bench.web.with(FakeBinding.Fault.FALLS_SILENT_WHEN_BOUND).silent(true);
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Failed.class);
        bench.web.with(FakeBinding.Fault.NONE).silent(false);

        bench.renewed();

        assertThat(bench.alerts())
                .as("the failure is over, and nobody was left behind")
                .isEmpty();
    }

    @Test
    void a_refusal_before_any_change_counts_as_not_begun() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.web.with(FakeBinding.Fault.REFUSES_TO_BIND);
        bench.renew(Urge.FORCE);
        assertThat(bench.open().orElseThrow().stage()).isEqualTo(Stage.STORED);
        bench.web.with(FakeBinding.Fault.NONE);
        sundayWindow();

        assertThat(bench.renew())
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().kind()).isEqualTo(HoldKind.WINDOW));
    }

    @Test
    void a_server_that_was_never_seen_keeps_the_package_from_being_made() throws LifecycleException {
        bench.group("pcs", true, WAIT, Endpoint.of("wsus03.contoso.com", 8531));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence())
                .isEqualTo("client group pcs: wsus03.contoso.com:8531: never seen, so its pin is missing: "
                        + "wsus03.contoso.com:8531: nobody listens there; its clients would be cut off from it, "
                        + "so no package is made; make it answer or take it out of also-talk-to");
        assertThat(bench.trustPublisher.published()).isEmpty();
        assertThat(bench.web.journal()).isEmpty();
    }

    @Test
    void a_server_seen_before_keeps_its_pin_while_it_is_silent() throws LifecycleException {
        Endpoint third = Endpoint.of("wsus03.contoso.com", 8531);
        var leaf = bench.ca.leaf("wsus03.contoso.com").issue();
        bench.probe.server(third, () -> Optional.of(leaf.chain()));
        bench.group("pcs", true, WAIT, third);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        bench.renewed();
        bench.probe.server(third, Optional::empty);

        bench.renew(Urge.FORCE);

        assertThat(bench.told())
                .contains("trust: wsus03.contoso.com:8531: its pin is the leaf last seen at 2026-03-02T10:00:00Z, "
                        + "because now: wsus03.contoso.com:8531: nobody listens there");
        assertThat(bench.trustPublisher.published().get(1).pins())
                .extracting(pin -> pin.leaf())
                .contains(leaf.leaf());
    }

    private io.certwright.trust.ClientGroup pinningClients() {
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        return bench.group("pcs", true, WAIT);
    }

    private void sundayWindow() {
        window("Sun 02:00-05:00 Europe/Berlin");
    }

    private void namingProcesses(String machine) {
        bench.withRepositories(old -> new LifecyclePorts.Repositories(
                old.transactions(),
                old.renewals(),
                old.certificates(),
                old.snapshots(),
                ProcessLocks.ofThisProcess(plainLocks, machine),
                old.trust(),
                old.outbox(),
                old.looks(),
                old.audit()));
    }

    private void window(String text) {
        bench.wishes.put(new Host(HostName.LOCAL, HostMode.MANAGE, Optional.of(MaintenanceWindow.parse(text))));
    }

    private FakeBinding farServer(HostMode mode) {
        HostName name = new HostName("wsus-far");
        bench.wishes.put(new Host(name, mode, Optional.empty()));
        return bench.add(new FakeBinding("fake:far", name, Endpoint.of("far.contoso.com", 8531)));
    }

    private Optional<HostLock> lockFor(String holder, Duration lease) throws LifecycleException {
        return plainLocks.tryLock(HostName.LOCAL, holder, bench.clock.instant(), lease);
    }
}
