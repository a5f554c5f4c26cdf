package io.certwright.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitsTest {
    private static final IssuerName CA = new IssuerName("corp-ca");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final Circuits here = new Circuits(memory, clock);
    private final Circuits elsewhere = new Circuits(memory, clock);

    private static LifecycleException failure(FailureKind kind) {
        return new LifecycleException(kind, "TEST", "issuer corp-ca: asking, the CA cannot be reached");
    }

    private void failThrice() throws LifecycleException {
        for (int time = 0; time < 3; time++) {
            here.requireAskable(CA);
            here.failed(CA, failure(FailureKind.UNREACHABLE));
        }
    }

    private static LifecycleException refusalOf(Circuits circuits) {
        return catchThrowableOfType(LifecycleException.class, () -> circuits.requireAskable(CA));
    }

    @Test
    void after_three_failures_in_a_row_no_process_asks_for_a_minute() throws Exception {
        failThrice();
        assertThat(refusalOf(here))
                .hasMessage("issuer corp-ca: not asked, it was out of reach 3 times in a row since 2026-11-22T10:00:00Z"
                        + " (issuer corp-ca: asking, the CA cannot be reached) and is asked again from"
                        + " 2026-11-22T10:01:00Z on; \"certwright issuer test corp-ca\" asks it now")
                .extracting(LifecycleException::kind)
                .isEqualTo(FailureKind.UNREACHABLE);
        assertThat(refusalOf(elsewhere).code()).isEqualTo("CA_LEFT_ALONE");
    }

    @Test
    void two_failures_are_no_outage_and_an_answer_forgets_them() throws Exception {
        here.failed(CA, failure(FailureKind.UNREACHABLE));
        here.failed(CA, failure(FailureKind.UNREACHABLE));
        elsewhere.reached(CA);
        clock.advance(Duration.ofSeconds(6));
        here.failed(CA, failure(FailureKind.UNREACHABLE));
        assertThatCode(() -> here.requireAskable(CA)).doesNotThrowAnyException();
        assertThat(here.findOpen(CA)).isEmpty();
    }

    @Test
    void after_its_rest_one_of_all_finds_out_and_the_others_wait_for_it() throws Exception {
        failThrice();
        clock.advance(Duration.ofMinutes(1));
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
            Circuits circuits = caller % 2 == 0 ? here : elsewhere;
            callers.add(() -> refusalOf(circuits) == null);
        }
        int passed = 0;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> one : threads.invokeAll(callers)) {
                passed += one.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(passed).isEqualTo(1);
    }

    @Test
    void who_finds_out_in_vain_lengthens_the_rest_up_to_five_minutes() throws Exception {
        failThrice();
        for (Duration rest : List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5))) {
            clock.advance(rest.minusSeconds(1));
            assertThat(refusalOf(here)).isNotNull();
            clock.advance(Duration.ofSeconds(1));
            here.requireAskable(CA);
            here.failed(CA, failure(FailureKind.UNREACHABLE));
        }
        clock.advance(Duration.ofMinutes(5));
        assertThatCode(() -> here.requireAskable(CA)).doesNotThrowAnyException();
    }

    @Test
    void who_finds_out_and_dies_is_followed_by_another_after_two_minutes() throws Exception {
        failThrice();
        clock.advance(Duration.ofMinutes(1));
        here.requireAskable(CA);
        clock.advance(Duration.ofMinutes(2).minusSeconds(1));
        assertThat(refusalOf(elsewhere)).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertThatCode(() -> elsewhere.requireAskable(CA)).doesNotThrowAnyException();
    }

    @Test
    void an_answer_to_one_process_is_news_to_the_others_within_seconds() throws Exception {
        failThrice();
        assertThat(refusalOf(elsewhere)).isNotNull();
        here.reached(CA);
        clock.advance(Duration.ofSeconds(5));
        assertThatCode(() -> elsewhere.requireAskable(CA)).doesNotThrowAnyException();
        assertThat(elsewhere.isOpen(CA)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"THROTTLED", "REFUSED", "INTERNAL"})
    void what_may_be_said_without_the_ca_neither_opens_nor_closes(FailureKind kind) throws Exception {
        for (int time = 0; time < 5; time++) {
            here.failed(CA, failure(kind));
        }
        assertThatCode(() -> here.requireAskable(CA)).doesNotThrowAnyException();
        failThrice();
        here.failed(CA, failure(kind));
        assertThat(refusalOf(here)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"UNAUTHORIZED", "MALFORMED_ANSWER"})
    void a_ca_that_answers_badly_is_within_reach(FailureKind kind) throws Exception {
        failThrice();
        here.failed(CA, failure(kind));
        assertThatCode(() -> here.requireAskable(CA)).doesNotThrowAnyException();
    }

    @Test
    void a_record_that_does_not_parse_is_no_outage() throws Exception {
        for (String damaged : List.of("", "x", "3 never today words", "99999999999 1 2 3")) {
            assertThat(Outage.decode(damaged.getBytes(StandardCharsets.UTF_8))).isEqualTo(Outage.NONE);
        }
        Outage outage = new Outage(7, clock.instant(), clock.instant().plusSeconds(60), "two\nlines");
        assertThat(Outage.decode(outage.encode())).isEqualTo(outage);
    }
}
