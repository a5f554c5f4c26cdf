package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class OpeningTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void a_changed_wish_supersedes_the_open_renewal() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.pending("1", Duration.ofDays(1), "waits"));
        bench.renew();
        Renewal before = bench.open().orElseThrow();
        bench.inForce(TestWish.named("wsus01").dns("wsus.contoso.com").boundTo(bench.web));

        bench.renewed();

        Renewal ended = bench.stored().renewals().get(before.id());
        assertThat(ended.isOpen()).isFalse();
        assertThat(ended.standing().orElseThrow().outcome()).isEqualTo("Superseded");
        assertThat(ended.standing().orElseThrow().sentence()).isEqualTo("superseded: the wish changed");
        assertThat(bench.issuer.collected())
                .as("nobody asks for the old one any more")
                .isEmpty();
    }

    @Test
    void a_changed_wish_makes_a_good_certificate_due_and_says_what_changed() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();

        bench.inForce(TestWish.named("wsus01")
                .dns("wsus01.contoso.com", "wsus.contoso.com")
                .boundTo(bench.web));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.renewed();
        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.NAMES_CHANGED);

        bench.inForce(TestWish.named("wsus01")
                .dns("wsus01.contoso.com", "wsus.contoso.com")
                .key(KeySpec.P_384)
                .boundTo(bench.web));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.renewed();
        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.KEY_SPEC_CHANGED);

        bench.add(new ScriptedIssuer("other", bench.ca, bench.clock));
        bench.inForce(TestWish.named("wsus01")
                .dns("wsus01.contoso.com", "wsus.contoso.com")
                .key(KeySpec.P_384)
                .from("other")
                .boundTo(bench.web));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.renewed();
        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.ISSUER_CHANGED);
    }

    @Test
    void a_change_of_who_is_told_renews_nothing() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).telling().renewedAt(0.5, 0.1));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.NotDue.class);
    }

    @Test
    void a_revoked_certificate_in_use_is_replaced_at_once() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofMinutes(1));
        bench.stored().certificates().markRevoked(first.certificate().sha256(), bench.clock.instant());

        StoredCertificate second = bench.renewed();

        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.REVOKED);
    }

    @Test
    void a_renewal_whose_own_certificate_was_revoked_is_superseded() throws LifecycleException {
        bench.wishInForce();
        bench.renew(Urge.ISSUE_ONLY);
        Renewal open = bench.open().orElseThrow();
        bench.stored().certificates().markRevoked(open.issued().orElseThrow(), bench.clock.instant());

        StoredCertificate bound = bench.renewed(Urge.BIND);

        assertThat(bound.certificate().sha256()).isNotEqualTo(open.issued().orElseThrow());
        assertThat(bench.stored()
                        .renewals()
                        .get(open.id())
                        .standing()
                        .orElseThrow()
                        .sentence())
                .isEqualTo("superseded: its certificate is revoked");
    }

    @Test
    void force_does_not_disturb_a_renewal_that_waits() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.pending("1", Duration.ofDays(1), "waits"));
        bench.renew();
        Renewal before = bench.open().orElseThrow();

        bench.renew(Urge.FORCE);

        assertThat(bench.open().map(Renewal::id)).contains(before.id());
        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void bind_without_an_open_renewal_binds_the_certificate_in_use_once_more() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate inUse = bench.renewed();
        bench.web.found(bench.ca.leaf("somebody.else").issue().chain());

        StoredCertificate bound = bench.renewed(Urge.BIND);

        assertThat(bound.certificate()).isEqualTo(inUse.certificate());
        assertThat(bench.web.served()).contains(inUse.certificate().chain());
        assertThat(bench.issuer.asked()).hasSize(1);
        assertThat(bound.plannedSwitchOver()).isEqualTo(inUse.plannedSwitchOver());
    }

    @Test
    void bind_without_any_certificate_runs_the_whole_story() throws LifecycleException {
        bench.wishInForce();

        bench.renewed(Urge.BIND);

        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void a_renewal_that_another_process_moved_on_is_left_to_it() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(request -> {
            Renewal open = bench.open().orElseThrow();
            bench.stored().renewals().record(open, new Fact.NotAsked(bench.clock.instant()));
            return bench.issuer.issues().to(request);
        });

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome).isInstanceOfSatisfying(RenewalOutcome.Waiting.class, waiting -> {
            assertThat(waiting.hold().kind()).isEqualTo(HoldKind.BUSY_HOST);
            assertThat(waiting.hold().sentence())
                    .isEqualTo("renewal of wsus01: another process is running it now; "
                            + "see its progress with \"certwright show wsus01\"");
            assertThat(waiting.hold().until()).contains(StoryBench.START.plus(Duration.ofMinutes(1)));
        });
        assertThat(bench.open().flatMap(Renewal::standing))
                .as("the one in whose hands it is writes the outcome")
                .isEmpty();
    }

    @Test
    void of_two_that_open_at_once_both_get_the_first() throws LifecycleException {
        var wish = bench.wishInForce();
        var renewals = bench.stored().renewals();
        Renewal first = renewals.open(opened(wish.wishDigest()));
        Renewal second = renewals.open(opened(wish.wishDigest()));

        assertThat(second.id()).isEqualTo(first.id());
        bench.renewed();
        assertThat(bench.latest().id()).isEqualTo(first.id());
        assertThat(bench.latest().stage()).isEqualTo(Stage.VERIFIED);
    }

    private static Renewal opened(String digest) {
        return Renewal.opened(
                UUID.randomUUID(),
                StoryBench.WSUS,
                RenewalReason.NEARING_EXPIRY,
                new io.certwright.enrollment.IssuerName("lab"),
                digest,
                StoryBench.START);
    }
}
