package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.Stage;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class IssuingTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void the_intent_and_the_asking_are_on_record_when_the_ca_is_asked() {
        List<Renewal> seen = new ArrayList<>();
        bench.wishInForce();
        bench.issuer.then(request -> {
            seen.add(bench.open().orElseThrow());
            return bench.issuer.issues().to(request);
        });

        bench.renew();

        assertThat(seen).singleElement().satisfies(then -> {
            assertThat(then.stage()).isEqualTo(Stage.REQUESTED);
            assertThat(then.keyReady().orElseThrow().csr())
                    .isEqualTo(bench.issuer.asked().get(0).csr());
            assertThat(then.requested()).contains(new Renewal.Requested(StoryBench.START, 1));
            assertThat(bench.stored()
                            .certificates()
                            .findKey(then.keyReady().orElseThrow().sealedKey().orElseThrow()))
                    .isPresent();
        });
    }

    @Test
    void what_the_ca_gave_is_on_record_before_anybody_looks_at_it() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(
                draft -> draft.key(io.certwright.testing.TestKeys.shared(io.certwright.certificate.KeySpec.P_256))));

        bench.renew();

        assertThat(bench.stored()
                        .certificates()
                        .find(bench.issuer.signed().get(0).certificate().sha256()))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.receivedAt()).isEqualTo(StoryBench.START);
                    assertThat(refused.acceptedAt()).isEmpty();
                });
    }

    @Test
    void a_request_names_its_intent_its_predecessor_and_its_sealed_key() throws LifecycleException {
        bench.wishInForce();
        bench.renew();
        bench.untilDue();
        bench.renew();

        assertThat(bench.issuer.asked()).hasSize(2);
        var first = bench.issuer.asked().get(0);
        var second = bench.issuer.asked().get(1);
        assertThat(first.predecessor()).isEmpty();
        assertThat(second.predecessor())
                .contains(
                        new Predecessor(bench.issuer.signed().get(0).certificate(), bench.issuer.name(), first.key()));
        assertThat(second.intent()).isNotEqualTo(first.intent());
        assertThat(second.key())
                .hasValueSatisfying(key ->
                        assertThat(key.publicKey()).isEqualTo(second.csr().publicKey()));
    }

    @Test
    void a_pending_request_waits_and_is_collected_under_its_id() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(
                ScriptedIssuer.pending("4711", Duration.ofHours(1), "taken under submission, request 4711"),
                bench.issuer.issues());

        RenewalOutcome first = bench.renew();

        assertThat(first.sentence()).isEqualTo("waiting: taken under submission, request 4711");
        assertThat(bench.standing().nextAttemptAt()).contains(StoryBench.START.plus(Duration.ofHours(1)));
        assertThat(bench.latest().pending().orElseThrow().id()).isEqualTo(new RequestId("4711"));

        bench.clock.advance(Duration.ofHours(1));
        bench.renewed();
        assertThat(bench.issuer.asked()).hasSize(1);
        assertThat(bench.issuer.collected()).containsExactly(new RequestId("4711"));
    }

    @Test
    void a_pending_request_is_not_asked_about_before_its_time() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.pending("4711", Duration.ofHours(1), "taken under submission"));
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(20));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().until())
                                .contains(StoryBench.START.plus(Duration.ofHours(1))));
        assertThat(bench.issuer.collected()).isEmpty();
    }

    @Test
    void pending_since_stays_the_first_time_however_often_the_ca_says_pending() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(
                ScriptedIssuer.pending("7", Duration.ofHours(1), "waits for an officer"),
                ScriptedIssuer.pending("7", Duration.ofHours(2), "waits for a second officer"));
        bench.renew();
        bench.clock.advance(Duration.ofHours(1));
        bench.renew();

        Renewal.AtCa pending = bench.latest().pending().orElseThrow();
        assertThat(pending.since()).isEqualTo(StoryBench.START);
        assertThat(pending.askAgainAt()).isEqualTo(StoryBench.START.plus(Duration.ofHours(3)));
        assertThat(pending.sentence()).isEqualTo("waits for a second officer");
    }

    @Test
    void a_pending_request_that_is_denied_ends_as_denied() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(
                ScriptedIssuer.pending("7", Duration.ofHours(1), "waits"), ScriptedIssuer.denies("not in our zone"));
        bench.renew();
        bench.clock.advance(Duration.ofHours(1));

        assertThat(bench.renew()).isEqualTo(new RenewalOutcome.DeniedByCa("not in our zone"));
    }

    @Test
    void a_denial_is_recorded_and_the_ca_is_not_asked_again_by_itself() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.denies("the template does not allow this name"));

        assertThat(bench.renew().sentence()).isEqualTo("denied by the CA: the template does not allow this name");
        assertThat(bench.standing().nextAttemptAt()).isEmpty();
        assertThat(bench.stored().looks().findNext()).isEmpty();

        bench.clock.advance(Duration.ofDays(400));
        assertThat(bench.renew())
                .as("an unattended job that names it asks nobody")
                .isEqualTo(new RenewalOutcome.DeniedByCa("the template does not allow this name"));
        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void a_person_who_forces_a_denied_renewal_asks_with_a_new_key() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.denies("no"));
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(1));

        bench.renewed(Urge.FORCE);

        assertThat(bench.issuer.asked()).hasSize(2);
        assertThat(bench.issuer.asked().get(1).csr())
                .isNotEqualTo(bench.issuer.asked().get(0).csr());
        assertThat(bench.stored()
                        .renewals()
                        .listLatest(StoryBench.WSUS, 2)
                        .get(1)
                        .standing()
                        .orElseThrow()
                        .sentence())
                .isEqualTo("superseded: a person asked for a new one");
    }

    @Test
    void a_changed_wish_asks_at_once_after_a_denial() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.denies("no"));
        bench.renew();
        bench.inForce(TestWish.named("wsus01").dns("wsus.contoso.com").boundTo(bench.web));

        bench.renewed();

        assertThat(bench.issuer.asked().get(1).names().toString()).isEqualTo("wsus.contoso.com");
    }

    @Test
    void a_ca_out_of_reach_is_asked_anew_with_the_same_key() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "issuer lab: connection refused"));

        assertThat(bench.renew().sentence()).isEqualTo("issuer lab: connection refused");
        assertThat(bench.latest().requested())
                .as("the CA certainly holds no request")
                .isEmpty();
        assertThat(bench.latest().stage()).isEqualTo(Stage.KEY_READY);

        bench.clock.advance(Duration.ofMinutes(1));
        bench.renewed();
        assertThat(bench.issuer.asked().get(1).csr())
                .isEqualTo(bench.issuer.asked().get(0).csr());
    }

    @Test
    void a_lost_answer_is_found_again_where_the_ca_can_look_it_up() throws LifecycleException {
        ScriptedIssuer remembering = ScriptedIssuer.remembering("acme", bench.ca, bench.clock);
        bench.add(remembering.then(remembering.losesItsAnswer()));
        bench.inForce(TestWish.named("wsus01").from("acme").boundTo(bench.web));

        assertThat(bench.renew().sentence()).isEqualTo("issuer acme: the connection broke before the answer came");
        bench.clock.advance(Duration.ofMinutes(1));
        bench.renewed();

        assertThat(remembering.asked()).hasSize(1);
        assertThat(remembering.signed()).hasSize(1);
        assertThat(bench.inUse().certificate())
                .isEqualTo(remembering.signed().get(0).certificate());
    }

    @Test
    void a_ca_that_never_saw_the_request_is_asked_again() throws LifecycleException {
        ScriptedIssuer remembering = ScriptedIssuer.remembering("acme", bench.ca, bench.clock);
        bench.add(remembering);
        bench.inForce(TestWish.named("wsus01").from("acme").boundTo(bench.web));
        crashWhileAsking(remembering);

        bench.renewed();

        assertThat(remembering.asked()).hasSize(1);
        assertThat(bench.latest().requested().orElseThrow().times()).isEqualTo(2);
    }

    @Test
    void after_a_crash_while_asking_a_ca_that_cannot_look_up_is_left_alone_for_two_minutes() throws LifecycleException {
        bench.wishInForce();
        crashWhileAsking(bench.issuer);
        bench.clock.advance(Duration.ofSeconds(30));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence())
                .isEqualTo("issuer lab: asked 30 s ago and the answer is not recorded yet; it may still come, "
                        + "so it is not asked again before 2 minutes have passed");
        assertThat(bench.issuer.asked()).isEmpty();
        assertThat(bench.standing().failureKind()).isEqualTo("THROTTLED");
    }

    @Test
    void a_lost_answer_is_asked_for_at_most_once_more_and_then_a_person_must_look() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.losesItsAnswer(), bench.issuer.losesItsAnswer());
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(3));
        bench.renew();
        assertThat(bench.told())
                .contains("issue: the answer to an earlier request is unknown; asking once more with the same CSR");
        assertThat(bench.issuer.asked()).hasSize(2);
        assertThat(bench.issuer.asked().get(1).csr())
                .isEqualTo(bench.issuer.asked().get(0).csr());

        for (int day = 0; day < 5; day++) {
            bench.clock.advance(Duration.ofDays(1));
            assertThat(bench.renew().sentence())
                    .isEqualTo(
                            "issuer lab: asked 2 times with the same CSR and the answers were lost; "
                                    + "look there for certificates for wsus01.contoso.com, revoke what is not needed, then run \"certwright renew wsus01 --force\"");
        }
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void the_advice_for_lost_answers_works() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.losesItsAnswer(), bench.issuer.losesItsAnswer());
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(3));
        bench.renew();

        bench.renewed(Urge.FORCE);

        assertThat(bench.issuer.asked()).hasSize(3);
        assertThat(bench.issuer.asked().get(2).csr())
                .isNotEqualTo(bench.issuer.asked().get(0).csr());
    }

    @Test
    void a_second_ask_that_is_answered_goes_on() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.losesItsAnswer());
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(2));

        bench.renewed();

        assertThat(bench.issuer.signed()).hasSize(2);
        assertThat(bench.inUse().certificate())
                .isEqualTo(bench.issuer.signed().get(1).certificate());
    }

    @Test
    void issuing_by_hand_asks_again_after_the_ca_said_no() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(ScriptedIssuer.denies("no"));
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(1));

        assertThat(bench.renew(Urge.ISSUE_ONLY))
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().kind())
                                .isEqualTo(io.certwright.lifecycle.record.HoldKind.BY_HAND));
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void issuing_by_hand_asks_again_after_our_checks_refused_what_the_ca_gave() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()));
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Rejected.class);
        bench.clock.advance(Duration.ofMinutes(1));

        assertThat(bench.renew(Urge.ISSUE_ONLY)).isInstanceOf(RenewalOutcome.Waiting.class);
        assertThat(bench.issuer.signed()).hasSize(2);
    }

    @Test
    void a_resumed_renewal_takes_the_certificate_that_is_on_record_and_asks_nobody() throws LifecycleException {
        bench.wishInForce();
        bench.renew(Urge.ISSUE_ONLY);

        bench.renewed(Urge.BIND);

        assertThat(bench.issuer.asked()).hasSize(1);
    }

    /** What a process leaves behind that dies after it recorded that it asks, and before the CA heard of it. */
    private void crashWhileAsking(ScriptedIssuer at) throws LifecycleException {
        var wish = bench.wishes.find(StoryBench.WSUS).orElseThrow();
        var renewals = bench.stored().renewals();
        var made = bench.ports().keys().make(wish.key(), wish.names());
        Renewal renewal = renewals.open(Renewal.opened(
                UUID.randomUUID(),
                StoryBench.WSUS,
                io.certwright.lifecycle.record.RenewalReason.NEARING_EXPIRY,
                at.name(),
                wish.wishDigest(),
                bench.clock.instant()));
        renewal = renewals.record(
                renewal, new Fact.KeyMade(UUID.randomUUID(), made.key(), made.request(), bench.clock.instant()));
        renewals.record(renewal, new Fact.AboutToAsk(1, bench.clock.instant()));
        assertThat(bench.open().flatMap(Renewal::requested).map(Renewal.Requested::times))
                .isEqualTo(Optional.of(1));
    }
}
