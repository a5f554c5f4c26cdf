package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.Stage;
import io.certwright.testing.FakeBinding;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class OutcomeRecordTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void a_failure_is_told_once_however_often_it_comes_again() throws LifecycleException {
        bench.wishInForce();
        for (int i = 0; i < 4; i++) {
            bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "issuer lab: connection refused"));
            bench.renew();
            bench.clock.advance(Duration.ofHours(1));
        }

        assertThat(bench.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.key().kind()).isEqualTo(AlertKind.RENEWAL_FAILED);
            assertThat(alert.sentence()).isEqualTo("wsus01: renewal failed: issuer lab: connection refused");
            assertThat(alert.whatNext())
                    .isEqualTo(
                            "It is tried again by itself, more often as the end nears. There is no certificate in use.");
            assertThat(alert.commands()).containsExactly("certwright why wsus01", "certwright renew wsus01");
        });
    }

    @Test
    void the_next_renewal_may_tell_the_same_again() throws LifecycleException {
        bench.wishInForce();
        failOnce();
        bench.renewed();
        bench.untilDue();
        failOnce();

        assertThat(bench.alertKinds()).containsExactly(AlertKind.RENEWAL_FAILED);
        assertThat(bench.alerts().get(0).whatNext()).endsWith("The certificate in use ends at 2026-05-31T11:00:00Z.");
    }

    @Test
    void success_tells_those_who_heard_of_the_failure_that_it_is_over() throws LifecycleException {
        bench.wishInForce();
        failOnce();
        AlertOutbox outbox = bench.stored().outbox();
        outbox.delivered(outbox.listOpen().stream().map(OutboxEntry::id).toList(), bench.clock.instant());
        bench.renewed();

        assertThat(bench.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.key().kind()).isEqualTo(AlertKind.RECOVERED);
            assertThat(alert.sentence()).isEqualTo("wsus01: renewed, valid until 2026-05-31T11:00:00Z");
            assertThat(alert.whatHappened())
                    .isEqualTo("Earlier we told you: wsus01: renewal failed: gone.\nThis is over.");
        });
    }

    @Test
    void a_failure_that_nobody_heard_of_is_over_without_a_word() throws LifecycleException {
        bench.wishInForce();
        failOnce();
        bench.renewed();

        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void every_recipient_of_the_certificate_is_told() throws LifecycleException {
        bench.inForce(TestWish.named("wsus01")
                .boundTo(bench.web)
                .telling(new Recipient("a@contoso.com"), new Recipient("b@contoso.com")));
        failOnce();

        assertThat(bench.stored().outbox().listOpen())
                .extracting(OutboxEntry::to)
                .containsExactlyInAnyOrder(new Recipient("a@contoso.com"), new Recipient("b@contoso.com"));
    }

    @Test
    void a_rejection_is_told_with_the_fix() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()));
        bench.renew();

        Alert alert = theAlert();
        assertThat(alert.key().kind()).isEqualTo(AlertKind.REJECTED);
        assertThat(alert.sentence()).isEqualTo("wsus01: the CA's certificate was refused by our checks");
        assertThat(alert.whatHappened()).startsWith("refused by our checks: ").contains("\n");
        assertThat(alert.whatNext())
                .startsWith(
                        "It was not installed, and nothing is tried again until the settings change or you say so.");
        assertThat(alert.commands()).containsExactly("certwright show wsus01", "certwright renew wsus01 --force");
    }

    @Test
    void a_denial_is_told_in_the_ca_s_own_words() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.denies("not your zone"));
        bench.renew();

        Alert alert = theAlert();
        assertThat(alert.key().kind()).isEqualTo(AlertKind.DENIED);
        assertThat(alert.sentence()).isEqualTo("wsus01: the CA denied the request: not your zone");
        assertThat(alert.whatHappened()).isEqualTo("lab said: not your zone");
        assertThat(alert.commands()).containsExactly("certwright issuer test lab", "certwright renew wsus01 --force");
    }

    @Test
    void a_request_that_waits_for_a_person_at_the_ca_is_told() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.pending("7", Duration.ofHours(1), "request 7 waits for an officer"));
        bench.renew();

        Alert alert = theAlert();
        assertThat(alert.key().kind()).isEqualTo(AlertKind.WAITING_LONG);
        assertThat(alert.sentence()).isEqualTo("wsus01: waits for you: request 7 waits for an officer");
        assertThat(alert.whatNext()).startsWith("It is looked at again at 2026-03-02T11:00:00Z.");
    }

    @Test
    void a_rollback_is_told_as_urgent() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.web.with(FakeBinding.Fault.SERVES_THE_OLD_ONE);
        bench.renew(Urge.FORCE);

        Alert alert = theAlert();
        assertThat(alert.key().kind()).isEqualTo(AlertKind.ROLLED_BACK);
        assertThat(alert.key().thumbprint())
                .isEqualTo(bench.inUse().certificate().thumbprint().hex());
        assertThat(alert.sentence()).isEqualTo("wsus01: rolled back to the previous certificate");
        assertThat(alert.whatNext())
                .startsWith("The previous certificate serves again, proven by a handshake. "
                        + "The new one is kept and not bound again by itself.");
        assertThat(alert.commands()).containsExactly("certwright show wsus01", "certwright bind wsus01");
    }

    @Test
    void what_went_well_is_told_to_nobody() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.renew();

        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void the_outcome_its_alerts_and_the_next_look_stand_together_or_not_at_all() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.denies("no"));
        LifecyclePorts.Repositories whole = bench.stored();
        bench.withRepositories(stored -> withOutbox(stored, failingOutbox()));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence()).isEqualTo("outbox: the disk is full");
        assertThat(bench.open().orElseThrow().standing()).isEmpty();
        assertThat(bench.stored().looks().findNext()).isEmpty();
        assertThat(whole.outbox().listOpen()).isEmpty();
    }

    @Test
    void a_renewal_whose_end_could_not_be_recorded_is_completed_by_the_next_run() throws LifecycleException {
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        bench.group("pcs", true, Duration.ofDays(14));
        bench.renewed();
        LifecyclePorts.Repositories whole = bench.stored();
        bench.withRepositories(stored -> withOutbox(stored, failingOutbox()));
        assertThat(bench.renew(Urge.FORCE.andAcceptUntrustingClients())).isInstanceOf(RenewalOutcome.Failed.class);
        assertThat(bench.open().orElseThrow().stage())
                .as("bound and proven, which nobody could write down as the end")
                .isEqualTo(Stage.VERIFIED);
        var bound = bench.web.served();

        bench.withRepositories(stored -> whole);
        bench.renewed();

        assertThat(bench.web.served()).isEqualTo(bound);
        assertThat(bench.open()).isEmpty();
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void retries_follow_the_table_of_their_kind() throws LifecycleException {
        bench.wishInForce();
        for (long minutes : new long[] {1, 5, 15, 60, 240, 720, 720}) {
            bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "gone"));
            bench.renew();
            Instant next = bench.standing().nextAttemptAt().orElseThrow();
            assertThat(Duration.between(bench.clock.instant(), next)).isEqualTo(Duration.ofMinutes(minutes));
            assertThat(bench.stored().looks().listDue(next, 10)).containsExactly(StoryBench.WSUS);
            bench.clock.moveTo(next);
        }
    }

    @Test
    void another_kind_of_failure_begins_its_own_row() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(
                ScriptedIssuer.fails(FailureKind.UNREACHABLE, "gone"),
                ScriptedIssuer.fails(FailureKind.UNREACHABLE, "gone"),
                ScriptedIssuer.fails(FailureKind.UNAUTHORIZED, "who are you"));
        bench.renew();
        bench.renew();
        assertThat(bench.standing().failures()).isEqualTo(2);
        bench.renew();

        assertThat(bench.standing().failures()).isEqualTo(1);
        assertThat(bench.standing().failureKind()).isEqualTo("UNAUTHORIZED");
        assertThat(bench.standing().nextAttemptAt()).contains(StoryBench.START.plus(Duration.ofHours(1)));
    }

    @Test
    void the_ca_s_retry_after_is_respected() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.throttles(Duration.ofHours(9), "too many requests"));

        bench.renew();

        assertThat(bench.standing().nextAttemptAt()).contains(StoryBench.START.plus(Duration.ofHours(9)));
    }

    @Test
    void a_renewal_plans_the_switch_over_of_its_successor() throws LifecycleException {
        bench.group("pcs", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));

        bench.renewed();

        assertThat(bench.inUse().plannedSwitchOver())
                .as("66 % of ninety days, and the clients' fourteen")
                .contains(Instant.parse("2026-05-14T19:36:00Z"));
        assertThat(bench.stored().looks().findNext())
                .as("due, to the second")
                .contains(Instant.parse("2026-04-30T19:36:00Z"));
    }

    @Test
    void settings_that_come_into_force_are_planned_afresh_and_strangers_forgotten() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.stored()
                .looks()
                .put(io.certwright.certificate.CertificateName.of("gone"), "renew", Optional.of(Instant.EPOCH));
        bench.inForce(TestWish.named("fresh"));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).renewedAt(0.5, 0));

        bench.story().nextLook().replanAll(bench.clock.instant());

        assertThat(bench.stored().looks().listDue(bench.clock.instant(), 10))
                .containsExactly(io.certwright.certificate.CertificateName.of("fresh"));
        assertThat(bench.stored().looks().listDue(StoryBench.START.plus(Duration.ofDays(45)), 10))
                .containsExactly(io.certwright.certificate.CertificateName.of("fresh"), StoryBench.WSUS);
    }

    @Test
    void an_open_renewal_that_a_crash_left_is_looked_at_at_once() throws LifecycleException {
        var wish = bench.wishInForce();
        bench.stored()
                .renewals()
                .open(io.certwright.lifecycle.record.Renewal.opened(
                        java.util.UUID.randomUUID(),
                        StoryBench.WSUS,
                        io.certwright.lifecycle.record.RenewalReason.FORCED,
                        wish.issuer(),
                        wish.wishDigest(),
                        StoryBench.START));

        bench.story().nextLook().replanAll(bench.clock.instant());

        assertThat(bench.stored().looks().listDue(StoryBench.START, 10)).containsExactly(StoryBench.WSUS);
    }

    private void failOnce() throws LifecycleException {
        bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "gone"));
        bench.renew();
        bench.clock.advance(Duration.ofHours(1));
    }

    private Alert theAlert() throws LifecycleException {
        List<Alert> alerts = bench.alerts();
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private static LifecyclePorts.Repositories withOutbox(LifecyclePorts.Repositories stored, AlertOutbox outbox) {
        return new LifecyclePorts.Repositories(
                stored.transactions(),
                stored.renewals(),
                stored.certificates(),
                stored.snapshots(),
                stored.hostLocks(),
                stored.trust(),
                outbox,
                stored.looks(),
                stored.audit());
    }

    /** Takes nothing. */
    private static AlertOutbox failingOutbox() {
        return (AlertOutbox) Proxy.newProxyInstance(
                AlertOutbox.class.getClassLoader(), new Class<?>[] {AlertOutbox.class}, (self, method, arguments) -> {
                    throw new LifecycleException(FailureKind.INTERNAL, "DISK_FULL", "outbox: the disk is full");
                });
    }
}
