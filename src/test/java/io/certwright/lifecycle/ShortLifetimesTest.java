package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.enrollment.RenewalWindow;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.policy.Violation;
import io.certwright.policy.ViolationCode;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that live 47 days, as public CAs may issue from 2029 on, and 6 days, as some do already. */
class ShortLifetimesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void house() throws Exception {
        bench = new StoryBench(DATABASE);
    }

    private void liveFor(int days) {
        bench.issuer.issuingFor(Duration.ofDays(days));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 47})
    void for_a_hundred_days_there_is_always_a_valid_one_and_no_more_are_issued_than_needed(int days) throws Exception {
        liveFor(days);
        bench.wishInForce();
        bench.renewed();
        Instant end = StoryBench.START.plus(Duration.ofDays(100));
        while (bench.clock.instant().isBefore(end)) {
            bench.clock.advance(Duration.ofHours(6));
            RenewalOutcome outcome = bench.renew();
            assertThat(outcome).isInstanceOfAny(RenewalOutcome.NotDue.class, RenewalOutcome.Renewed.class);
            assertThat(bench.inUse().isFitToServeAt(bench.clock.instant())).isTrue();
        }
        long least = Duration.ofDays(100)
                .dividedBy(Duration.ofDays(days).multipliedBy(66).dividedBy(100));
        assertThat(bench.issuer.asked()).hasSizeBetween((int) least, (int) least + 2);
    }

    @ParameterizedTest
    @CsvSource({"6, 7", "47, 56", "90, 72"})
    void the_margin_for_retries_shrinks_with_the_lifetime(int days, int hours) {
        assertThat(Due.marginFor(Duration.ofDays(days)).toHours()).isEqualTo(hours);
    }

    @Test
    void a_pin_whose_wait_does_not_fit_into_six_days_is_refused() throws Exception {
        liveFor(6);
        bench.group("everybody", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("everybody"));
        assertThat(bench.renew())
                .isInstanceOfSatisfying(
                        RenewalOutcome.Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .extracting(Violation::code)
                                .containsExactly(ViolationCode.TOO_SHORT_TO_SERVE));
        assertThat(bench.web.look().chain()).isEmpty();
    }

    @Test
    void a_pin_of_two_weeks_fits_into_47_days_and_is_begun_so_early_that_it_does() throws Exception {
        liveFor(47);
        bench.group("everybody", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("everybody"));
        StoredCertificate first = bench.renewed();
        Due due = bench.story().dueDates().of(bench.wishes.find(StoryBench.WSUS).orElseThrow(), bench.clock.instant());
        Instant ends = first.certificate().validity().notAfter();
        assertThat(due.at()).isBefore(ends.minus(Duration.ofDays(16)));
        bench.clock.moveTo(due.at());
        assertThat(bench.renew())
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().kind()).isEqualTo(HoldKind.CLIENT_TRUST));
        bench.clock.moveTo(bench.standing().nextAttemptAt().orElseThrow());
        assertThat(bench.renewed()).isNotEqualTo(first);
        assertThat(bench.clock.instant()).isBefore(ends.minus(Duration.ofDays(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 47})
    void what_the_ca_suggests_moves_a_renewal_earlier_and_never_later(int days) throws Exception {
        liveFor(days);
        bench.wishInForce();
        StoredCertificate current = bench.renewed();
        Instant now = bench.clock.instant();
        Due due = bench.story().dueDates().of(bench.wishes.find(StoryBench.WSUS).orElseThrow(), now);
        Instant early = now.plus(Duration.ofDays(2));
        Due sooner = due.noLaterThan(new RenewalWindow(early, early.plusSeconds(60), Optional.empty()), current);
        assertThat(sooner.at()).isBetween(early, early.plusSeconds(60));
        Instant late = due.at().plusSeconds(1);
        assertThat(due.noLaterThan(new RenewalWindow(late, late.plusSeconds(60), Optional.empty()), current))
                .isEqualTo(due);
        Instant atOnce = now.minusSeconds(600);
        Duration rest = Duration.between(
                now.minusSeconds(3_600),
                due.noLaterThan(new RenewalWindow(atOnce, atOnce.plusSeconds(60), Optional.empty()), current)
                        .at());
        assertThat(rest)
                .isGreaterThanOrEqualTo(
                        Duration.ofDays(days).dividedBy(8).compareTo(Duration.ofDays(1)) < 0
                                ? Duration.ofDays(days).dividedBy(8)
                                : Duration.ofDays(1));
    }
}
