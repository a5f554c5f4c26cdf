package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.certificate.CertificateName;
import io.certwright.crypto.CertificateReader;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A certificate of ninety days whose CA is out of reach; two days before the end the second one is asked. */
class FailoverTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final IssuerName FIRST = new IssuerName("lab");
    private static final IssuerName SECOND = new IssuerName("spare");
    private static final Instant NEAR_THE_END = StoryBench.START.plus(Duration.ofDays(88));

    private StoryBench bench;
    private ScriptedIssuer second;

    @BeforeEach
    void issueTheFirst() throws Exception {
        bench = new StoryBench(DATABASE);
        second = new ScriptedIssuer(
                "spare",
                TestCa.root("CN=Spare Test Root", StoryBench.START).intermediate("CN=Spare Test Issuing"),
                bench.clock);
        bench.add(second);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).orFrom("spare"));
        assertThat(bench.renewed().issuer()).isEqualTo(FIRST);
    }

    private void firstFails(FailureKind kind, int times) {
        for (int time = 0; time < times; time++) {
            bench.issuer.then(ScriptedIssuer.fails(kind, "issuer lab: the CA cannot be reached"));
        }
    }

    private void failedAt(Instant when) {
        bench.clock.moveTo(when);
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Failed.class);
    }

    /** From due until the second issuer has its turn. */
    private void outOfReachUntilTheEndIsNear() throws Exception {
        firstFails(FailureKind.UNREACHABLE, 100);
        bench.untilDue();
        failedAt(bench.clock.instant());
        assertThat(bench.standing().nextAttemptAt())
                .contains(bench.clock.instant().plusSeconds(60));
        failedAt(NEAR_THE_END.minusSeconds(30));
        assertThat(bench.standing().nextAttemptAt()).contains(NEAR_THE_END);
        assertThat(second.asked()).isEmpty();
        failedAt(NEAR_THE_END);
        assertThat(bench.standing().nextAttemptAt()).contains(NEAR_THE_END);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void near_the_end_the_second_issuer_is_asked_with_a_request_of_its_own_and_people_hear_of_it() throws Exception {
        outOfReachUntilTheEndIsNear();
        assertThat(bench.renewed().issuer()).isEqualTo(SECOND);
        assertThat(second.asked()).hasSize(1);
        assertThat(bench.issuer.asked())
                .noneMatch(asked -> asked.intent().equals(second.asked().get(0).intent())
                        || asked.csr().equals(second.asked().get(0).csr()));
        Alert told = bench.alerts().stream()
                .filter(alert -> alert.key().kind() == AlertKind.FALLBACK_ISSUER)
                .findFirst()
                .orElseThrow();
        assertThat(told.sentence()).isEqualTo("wsus01: issuer spare is asked, because lab is out of reach");
        Renewal before =
                bench.stored().renewals().listLatest(StoryBench.WSUS, 2).get(1);
        assertThat(before.standing())
                .map(Renewal.Standing::sentence)
                .contains(
                        "superseded: issuer lab is out of reach and the end is near, so spare is asked: issuer lab: the"
                                + " CA cannot be reached");
    }

    @Test
    void what_the_second_gave_stays_until_it_is_due_and_then_the_first_is_asked_again() throws Exception {
        outOfReachUntilTheEndIsNear();
        bench.renewed();
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.NotDue.class);
        bench.issuer.forgetScript();
        bench.clock.advance(Duration.ofDays(60));
        assertThat(bench.renewed().issuer()).isEqualTo(FIRST);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void a_no_of_the_second_brings_the_turn_back_to_the_first_and_the_second_is_not_asked_again() throws Exception {
        outOfReachUntilTheEndIsNear();
        second.then(ScriptedIssuer.denies("not these names"));
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.DeniedByCa.class);
        assertThat(bench.standing().nextAttemptAt()).contains(NEAR_THE_END);
        failedAt(NEAR_THE_END.plusSeconds(1));
        assertThat(bench.latest().issuer()).isEqualTo(FIRST);
        failedAt(NEAR_THE_END.plus(Duration.ofHours(3)));
        assertThat(bench.latest().issuer()).isEqualTo(FIRST);
        bench.issuer.forgetScript();
        bench.clock.advance(Duration.ofHours(1));
        assertThat(bench.renewed().issuer()).isEqualTo(FIRST);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void where_both_are_out_of_reach_they_take_turns() throws Exception {
        outOfReachUntilTheEndIsNear();
        second.then(
                ScriptedIssuer.fails(FailureKind.UNREACHABLE, "issuer spare: not there"),
                ScriptedIssuer.fails(FailureKind.UNREACHABLE, "issuer spare: not there"),
                ScriptedIssuer.fails(FailureKind.UNREACHABLE, "issuer spare: not there"));
        for (int attempt = 0; attempt < 3; attempt++) {
            failedAt(bench.standing().nextAttemptAt().orElseThrow());
            assertThat(bench.latest().issuer()).isEqualTo(SECOND);
        }
        bench.issuer.forgetScript();
        bench.clock.moveTo(bench.standing().nextAttemptAt().orElseThrow());
        bench.clock.advance(Duration.ofMinutes(5));
        assertThat(bench.renewed().issuer()).isEqualTo(FIRST);
    }

    @Test
    void a_rate_limit_that_lasts_beyond_the_end_does_not_hold_the_second_up() throws Exception {
        bench.issuer.then(ScriptedIssuer.throttles(Duration.ofDays(40), "issuer lab: come back later"));
        bench.untilDue();
        failedAt(bench.clock.instant());
        assertThat(bench.standing().nextAttemptAt()).contains(NEAR_THE_END);
        bench.clock.moveTo(NEAR_THE_END);
        assertThat(bench.renewed().issuer()).isEqualTo(SECOND);
    }

    @Test
    void an_answer_that_may_still_come_is_waited_for_and_what_may_have_been_issued_is_named() throws Exception {
        bench.issuer.then(bench.issuer.losesItsAnswer());
        firstFails(FailureKind.UNREACHABLE, 10);
        failedAt(NEAR_THE_END);
        Instant settled = NEAR_THE_END.plus(Duration.ofMinutes(2));
        failedAt(settled.minusSeconds(60));
        assertThat(bench.standing().nextAttemptAt()).contains(settled);
        bench.clock.moveTo(settled);
        assertThat(bench.renewed().issuer()).isEqualTo(SECOND);
        Renewal before =
                bench.stored().renewals().listLatest(StoryBench.WSUS, 2).get(1);
        assertThat(before.standing())
                .map(Renewal.Standing::sentence)
                .contains(
                        "superseded: issuer lab is out of reach and the end is near, so spare is asked: issuer lab: asked"
                                + " 60 s ago and the answer is not recorded yet; it may still come, so it is not asked again before 2"
                                + " minutes have passed; what lab issued for it is unknown, look there for"
                                + " certificates for wsus01.contoso.com and revoke what is not needed");
    }

    @Test
    void a_no_of_the_first_is_no_reason_to_ask_the_second() throws Exception {
        bench.issuer.then(ScriptedIssuer.denies("not these names"));
        bench.clock.moveTo(NEAR_THE_END);
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.DeniedByCa.class);
        assertThat(bench.standing().nextAttemptAt()).isEmpty();
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.DeniedByCa.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void a_second_issuer_that_left_the_settings_leaves_the_renewal_to_the_first() throws Exception {
        outOfReachUntilTheEndIsNear();
        second.then(ScriptedIssuer.pending("7", Duration.ofHours(1), "a person there decides"));
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web));
        bench.issuer.forgetScript();
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(bench.renewed().issuer()).isEqualTo(FIRST);
    }

    @Test
    void clients_have_the_roots_of_the_second_before_it_is_needed() throws Exception {
        bench.group("everybody", false, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01")
                .boundTo(bench.web)
                .forClients("everybody")
                .orFrom("spare"));
        bench.renewed(Urge.FORCE.andAcceptUntrustingClients());
        bench.story().upkeep().pass();
        assertThat(bench.stored()
                        .trust()
                        .getGiven(bench.wishes.group(ClientGroupName.of("everybody")))
                        .bundle()
                        .anchors())
                .extracting(
                        anchor -> CertificateReader.read(anchor).commonName().orElse(""))
                .containsExactlyInAnyOrder("Test Root", "Spare Test Root");
    }

    @Test
    void a_ca_that_is_left_alone_ends_each_renewal_in_one_sentence_without_a_key() throws Exception {
        firstFails(FailureKind.UNREACHABLE, 3);
        List<RenewalOutcome> outcomes = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            var wish = bench.inForce(TestWish.named("web" + number));
            outcomes.add(bench.renew(wish.name(), Urge.NONE));
        }
        assertThat(bench.issuer.asked()).hasSize(4);
        assertThat(outcomes)
                .allMatch(outcome -> outcome instanceof RenewalOutcome.Failed failed
                        && failed.cause().kind() == FailureKind.UNREACHABLE);
        assertThat(outcomes.get(39).sentence())
                .startsWith("issuer lab: not asked, it was out of reach 3 times in a row since ");
        assertThat(bench.stored()
                        .renewals()
                        .findOpen(CertificateName.of("web39"))
                        .orElseThrow()
                        .keyReady())
                .isEmpty();
        var forced = bench.inForce(TestWish.named("forced"));
        assertThat(bench.renew(forced.name(), Urge.FORCE)).isInstanceOf(RenewalOutcome.Renewed.class);
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(bench.renew(CertificateName.of("web39"), Urge.NONE)).isInstanceOf(RenewalOutcome.Renewed.class);
    }
}
