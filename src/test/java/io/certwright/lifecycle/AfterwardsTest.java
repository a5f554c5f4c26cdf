package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.FakeBinding;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.Pin;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AfterwardsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void rollback_puts_the_certificate_bound_before_back_and_in_use() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();

        RenewalOutcome outcome = rollBack();

        assertThat(outcome).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(bench.web.served()).contains(both.get(0).certificate().chain());
        assertThat(bench.inUse().certificate()).isEqualTo(both.get(0).certificate());
        assertThat(bench.open().orElseThrow().issued())
                .as("what was rolled back from is kept for bind")
                .contains(both.get(1).certificate().sha256());
    }

    @Test
    void after_a_rollback_by_hand_nothing_is_bound_by_itself_and_bind_goes_forward_again() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();
        rollBack();
        bench.clock.advance(Duration.ofHours(2));

        assertThat(bench.renew())
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().kind()).isEqualTo(HoldKind.PERSON));
        assertThat(bench.renewed(Urge.BIND).certificate()).isEqualTo(both.get(1).certificate());
    }

    @Test
    void a_second_rollback_changes_nothing() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();
        rollBack();

        assertThat(rollBack()).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(bench.inUse().certificate()).isEqualTo(both.get(0).certificate());
    }

    @Test
    void rollback_without_a_switch_over_says_so() {
        bench.wishInForce();

        assertThat(rollBack().sentence())
                .isEqualTo("certificate wsus01: cannot go back: no switch-over of it is on record");
    }

    @Test
    void rollback_to_no_certificate_at_all_is_refused() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate only = bench.renewed();

        assertThat(rollBack().sentence())
                .isEqualTo("certificate wsus01: cannot go back: no certificate was bound before the one in use");
        assertThat(bench.web.served()).contains(only.certificate().chain());
        assertThat(bench.open()).isEmpty();
    }

    @Test
    void rollback_to_an_expired_certificate_is_refused_and_changes_nothing() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();
        bench.clock.moveTo(StoryBench.START.plus(Duration.ofDays(91)));

        RenewalOutcome outcome = rollBack();

        assertThat(outcome.sentence())
                .isEqualTo("certificate wsus01: cannot go back: the certificate before is valid from "
                        + "2026-03-02T10:00:00Z to 2026-05-31T10:00:00Z only, so the new one stays where it is");
        assertThat(bench.web.served()).contains(both.get(1).certificate().chain());
        assertThat(bench.alerts()).isEmpty();
        assertThat(bench.open()).isEmpty();
    }

    @Test
    void rollback_of_an_unknown_name_says_so() {
        RenewalOutcome outcome = bench.story().rollingBack().rollBack(CertificateName.of("nobody"), Narration.SILENT);

        assertThat(outcome.sentence())
                .isEqualTo(
                        "certificate nobody: cannot go back: it is not in the settings; \"certwright list\" shows those that are");
    }

    @Test
    void rollback_waits_for_a_busy_host() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();
        assertThat(bench.stored()
                        .hostLocks()
                        .tryLock(HostName.LOCAL, "another renewal", bench.clock.instant(), Duration.ofMinutes(5)))
                .isPresent();

        assertThat(rollBack().sentence()).isEqualTo("waiting: host local is being changed by another renewal");
        assertThat(bench.web.served()).contains(both.get(1).certificate().chain());
    }

    @Test
    void an_old_certificate_is_retired_when_the_overlap_is_over_and_not_before() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();
        var wish = bench.wishes.find(StoryBench.WSUS).orElseThrow();
        Instant bound = both.get(1).inUseSince().orElseThrow();
        bench.clock.moveTo(bound.plus(Retiring.USUAL_OVERLAP).minusSeconds(1));
        assertThat(bench.story().retiring().retireDue(wish)).isEmpty();
        bench.clock.advance(Duration.ofSeconds(1));

        assertThat(bench.story().retiring().retireDue(wish))
                .extracting(old -> old.certificate().sha256())
                .containsExactly(both.get(0).certificate().sha256());

        assertThat(bench.stored()
                        .certificates()
                        .get(both.get(0).certificate().sha256())
                        .retiredAt())
                .contains(bench.clock.instant());
        assertThat(bench.web.journal())
                .endsWith("forget " + FakeBinding.brief(both.get(0).certificate()));
        assertThat(bench.web.served()).contains(both.get(1).certificate().chain());
        assertThat(bench.story().retiring().retireDue(wish))
                .as("harmless twice")
                .isEmpty();
    }

    @Test
    void the_planner_looks_when_the_overlap_is_over() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();

        assertThat(bench.stored().looks().findNext())
                .contains(both.get(1).inUseSince().orElseThrow().plus(Retiring.USUAL_OVERLAP));
    }

    @Test
    void the_old_pin_leaves_the_package_with_its_certificate() throws LifecycleException {
        var group = bench.group("pcs", true, Duration.ZERO);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofDays(1));
        StoredCertificate second = bench.renewed(Urge.FORCE);
        assertThat(pins())
                .containsExactlyInAnyOrder(
                        first.certificate().leaf(), second.certificate().leaf());

        bench.story().retiring().retireNow(bench.wishes.find(StoryBench.WSUS).orElseThrow());

        assertThat(pins()).containsExactly(second.certificate().leaf());
        assertThat(group.pinning()).isTrue();
    }

    @Test
    void a_predecessor_that_a_binding_still_shows_is_left_alone() throws LifecycleException {
        List<StoredCertificate> both = twoInARow();
        bench.web.found(both.get(0).certificate().chain());

        assertThat(bench.story()
                        .retiring()
                        .retireNow(bench.wishes.find(StoryBench.WSUS).orElseThrow()))
                .isEmpty();
    }

    @Test
    void a_certificate_on_its_way_to_a_binding_is_not_retired() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.renew(Urge.ISSUE_ONLY);

        assertThat(bench.story()
                        .retiring()
                        .retireNow(bench.wishes.find(StoryBench.WSUS).orElseThrow()))
                .isEmpty();
    }

    @Test
    void revoke_replaces_the_served_certificate_first() throws LifecycleException {
        var wish = bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofDays(1));

        Revoking.Revoked revoked =
                bench.story().revoking().revoke(wish, RevocationReason.KEY_COMPROMISE, Narration.SILENT);

        assertThat(revoked.certificate().certificate()).isEqualTo(first.certificate());
        assertThat(revoked.replacement()).containsInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(bench.issuer.revoked()).containsExactly(first.certificate());
        assertThat(bench.web.served()).contains(bench.inUse().certificate().chain());
        assertThat(bench.inUse().certificate()).isNotEqualTo(first.certificate());
        assertThat(bench.stored()
                        .certificates()
                        .get(first.certificate().sha256())
                        .revokedAt())
                .contains(bench.clock.instant());
    }

    @Test
    void nothing_is_revoked_that_could_not_be_replaced() throws LifecycleException {
        var wish = bench.wishInForce();
        bench.renewed();
        bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "issuer lab: connection refused"));

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bench.story().revoking().revoke(wish, RevocationReason.KEY_COMPROMISE, Narration.SILENT))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("certificate wsus01: not revoked, because it is in use and could not be replaced first: "
                        + "issuer lab: connection refused");
        assertThat(bench.issuer.revoked()).isEmpty();
    }

    @Test
    void revoke_once_more_finishes_the_revocation_that_the_ca_did_not_hear_of() throws LifecycleException {
        var wish = bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofDays(1));
        bench.issuer.failingToRevoke(FailureKind.UNREACHABLE, "issuer lab: connection refused");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bench.story().revoking().revoke(wish, RevocationReason.KEY_COMPROMISE, Narration.SILENT))
                .hasMessage("issuer lab: connection refused");
        StoredCertificate second = bench.inUse();
        assertThat(second.certificate()).isNotEqualTo(first.certificate());

        Revoking.Revoked revoked =
                bench.story().revoking().revoke(wish, RevocationReason.KEY_COMPROMISE, Narration.SILENT);

        assertThat(revoked.certificate().certificate()).isEqualTo(first.certificate());
        assertThat(revoked.replacement())
                .as("it was replaced by the call before")
                .isEmpty();
        assertThat(bench.issuer.revoked()).containsExactly(first.certificate());
        assertThat(bench.inUse().certificate()).isEqualTo(second.certificate());
    }

    @Test
    void after_a_revocation_is_finished_the_next_revoke_means_the_certificate_in_use() throws LifecycleException {
        var wish = bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.issuer.failingToRevoke(FailureKind.UNREACHABLE, "issuer lab: connection refused");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bench.story().revoking().revoke(wish, RevocationReason.SUPERSEDED, Narration.SILENT))
                .isInstanceOf(LifecycleException.class);
        StoredCertificate second = bench.inUse();
        bench.story().revoking().revoke(wish, RevocationReason.SUPERSEDED, Narration.SILENT);

        bench.story().revoking().revoke(wish, RevocationReason.SUPERSEDED, Narration.SILENT);

        assertThat(bench.issuer.revoked()).containsExactly(first.certificate(), second.certificate());
    }

    @Test
    void what_a_person_asks_for_is_audited_and_what_the_schedule_does_is_not() throws LifecycleException {
        var wish = bench.wishInForce();
        bench.renewed();
        bench.clock.advance(Duration.ofDays(1));
        StoredCertificate second = bench.renewed(Urge.FORCE.andAcceptUntrustingClients());
        rollBack();
        bench.renewed(Urge.BIND);
        List<StoredCertificate> retired = bench.story().retiring().retireNow(wish);
        bench.story().revoking().revoke(wish, RevocationReason.SUPERSEDED, Narration.SILENT);

        List<io.certwright.audit.AuditEntry> entries =
                bench.ports().repositories().audit().listAfter(0, 100);
        assertThat(entries)
                .extracting(entry -> entry.act().words())
                .containsExactly("renew", "rollback", "bind", "retire", "renew", "revoke");
        assertThat(entries).extracting(io.certwright.audit.AuditEntry::subject).containsOnly("certificate wsus01");
        assertThat(entries.get(0).details())
                .startsWith("--accept-untrusting-clients; renewed: "
                        + second.certificate().thumbprint().abbreviated());
        assertThat(entries.get(3).details())
                .isEqualTo(retired.get(0).certificate().thumbprint() + ", before its overlap was over");
        assertThat(entries.get(5).details())
                .isEqualTo("serial " + second.certificate().serial() + " of issuer lab, reason superseded");
    }

    @Test
    void revoke_without_a_certificate_says_so() {
        var wish = bench.wishInForce();

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bench.story().revoking().revoke(wish, RevocationReason.SUPERSEDED, Narration.SILENT))
                .hasMessage("certificate wsus01: none is in use, so there is nothing to revoke");
    }

    @Test
    void a_preview_tells_the_whole_plan_and_changes_nothing() throws LifecycleException {
        bench.group("pcs", true, Duration.ofDays(14));
        var wish = bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));

        assertThat(bench.story().preview().of(wish))
                .containsExactly(
                        "due now: there is no certificate yet",
                        "names: wsus01.contoso.com",
                        "key: P-256, made here and sealed",
                        "issuer: lab",
                        "trust: package for pcs in trust/pcs, with the new pin; what clients lack is effective after 14d",
                        "binding: fake:web from no certificate to the new certificate, proven at web.contoso.com:443",
                        "mails: only if it fails or waits too long, to admins@contoso.com");
        assertThat(bench.stored().renewals().findLatest(StoryBench.WSUS)).isEmpty();
        assertThat(bench.issuer.asked()).isEmpty();
        assertThat(bench.trustPublisher.published()).isEmpty();
        assertThat(bench.web.journal()).isEmpty();
        assertThat(bench.stored().looks().findNext()).isEmpty();
    }

    @Test
    void a_preview_names_what_would_hold_it_and_what_it_goes_on_with() throws LifecycleException {
        var wish = bench.inForce(TestWish.named("wsus01").boundTo(bench.web).telling());
        bench.wishes.put(new Host(HostName.LOCAL, HostMode.REPORT, Optional.empty()));
        bench.renew();

        assertThat(bench.story().preview().of(wish))
                .contains(
                        "goes on with the renewal opened at 2026-03-02T10:00:00Z, now at stage OPENED, because there is none yet",
                        "would wait: host local is in mode report, so nothing is issued for it; "
                                + "set \"mode: manage\" in its settings to let it change",
                        "mails: nobody is told if it fails; name recipients under alerts");
    }

    @Test
    void the_watch_list_names_what_is_in_use_with_its_planned_switch_over() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate stored = bench.renewed();

        assertThat(bench.story().watchList().listWatched()).singleElement().satisfies(watched -> {
            assertThat(watched.subject()).isEqualTo("wsus01");
            assertThat(watched.thumbprint()).isEqualTo(stored.certificate().thumbprint());
            assertThat(watched.plannedSwitchOver()).isEqualTo(stored.plannedSwitchOver());
            assertThat(watched.recipients()).containsExactly(TestWish.ADMINS);
            assertThat(watched.managed()).isTrue();
        });
    }

    @Test
    void a_certificate_that_left_the_settings_is_watched_for_everybody() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.wishes.remove(StoryBench.WSUS);

        assertThat(bench.story().watchList().listWatched()).singleElement().satisfies(watched -> {
            assertThat(watched.managed()).isFalse();
            assertThat(watched.plannedSwitchOver()).isEmpty();
            assertThat(watched.recipients()).isEqualTo(bench.wishes.recipients());
        });
    }

    @Test
    void a_certificate_on_a_host_in_report_mode_alerts_at_all_thresholds() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.wishes.put(new Host(HostName.LOCAL, HostMode.REPORT, Optional.empty()));

        assertThat(bench.story().watchList().listWatched())
                .singleElement()
                .satisfies(watched -> assertThat(watched.managed()).isFalse());
    }

    private RenewalOutcome rollBack() {
        return bench.story().rollingBack().rollBack(StoryBench.WSUS, Narration.SILENT);
    }

    private List<StoredCertificate> twoInARow() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofDays(20));
        StoredCertificate second = bench.renewed(Urge.FORCE);
        bench.clock.advance(Duration.ofDays(1));
        return List.of(first, second);
    }

    private List<X509Certificate> pins() {
        return bench.trustPublisher.present(ClientGroupName.of("pcs")).orElseThrow().pins().stream()
                .map(Pin::leaf)
                .toList();
    }
}
