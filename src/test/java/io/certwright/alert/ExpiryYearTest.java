package io.certwright.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A year of looks at odd hours, with days missed and mail servers failing: each mail that should go goes once, and none besides. */
final class ExpiryYearTest {
    private static final int SUBJECTS = 60;

    private interface Building {
        PlantedFaults.Look on(YearOfCertificates year, MemoryAlertOutbox outbox);
    }

    /** What came of the year: lines of {@link ExpectedMails}. */
    private record Balance(int expected, int sent, int failures, List<String> missing, List<String> besides) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, 987_654_321})
    void each_mail_goes_exactly_once_and_none_besides(long seed) throws LifecycleException {
        Balance balance = live(seed, (year, outbox) -> PlantedFaults.watch(year, outbox)::pass);

        assertThat(balance.missing()).as("missing, seed %d", seed).isEmpty();
        assertThat(balance.besides()).as("besides, seed %d", seed).isEmpty();
        assertThat(balance.expected()).as("worth counting").isGreaterThan(500);
        assertThat(balance.failures()).as("with failures").isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void the_balance_catches_a_watch_that_compares_days_for_equality(long seed) throws LifecycleException {
        Balance balance = live(seed, PlantedFaults::equalityWatch);

        assertThat(balance.missing()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void the_balance_catches_a_key_without_the_thumbprint(long seed) throws LifecycleException {
        Balance balance = live(seed, PlantedFaults::forgetfulWatch);

        assertThat(balance.missing()).isNotEmpty();
    }

    private static Balance live(long seed, Building building) throws LifecycleException {
        Random random = new Random(seed);
        MovableClock clock = new MovableClock(YearOfCertificates.START);
        YearOfCertificates year = new YearOfCertificates(seed, SUBJECTS, clock);
        MemoryAlertOutbox outbox = new MemoryAlertOutbox();
        MoodyServer server = new MoodyServer(new Random(seed));
        AlertDispatch dispatch = new AlertDispatch(outbox, Channels.byMail(server), random, clock);
        PlantedFaults.Look look = building.on(year, outbox);
        ExpectedMails expected = new ExpectedMails();

        while (clock.instant().isBefore(YearOfCertificates.END)) {
            Instant now = clock.instant();
            look.at(now);
            expected.look(year, now);
            deliverAll(outbox, dispatch, clock);
            boolean missedDays = random.nextInt(100) < 3;
            clock.advance(
                    Duration.ofMinutes(missedDays ? 4_320 + random.nextInt(12_960) : 600 + random.nextInt(1_440)));
        }
        return balance(expected.mails(), server);
    }

    /** Until nothing is on its way any more: no mood of the server lasts. */
    private static void deliverAll(MemoryAlertOutbox outbox, AlertDispatch dispatch, MovableClock clock) {
        for (int run = 0;
                outbox.listOpen().stream().anyMatch(entry -> entry.nextTry().isPresent());
                run++) {
            assertThat(run).as("runs until all is delivered").isLessThan(60);
            dispatch.run();
            clock.advance(Duration.ofSeconds(run < 8 ? 70 : 600));
        }
    }

    private static Balance balance(List<String> expected, MoodyServer server) {
        List<String> missing = new ArrayList<>(expected);
        List<String> besides = new ArrayList<>();
        for (MoodyServer.Taken taken : server.taken) {
            if (!missing.remove(taken.line())) {
                besides.add(taken.line());
            }
        }
        return new Balance(expected.size(), server.taken.size(), server.failures, missing, besides);
    }

    /** Fails now and then in each way; a digest that it took twice counts once, as it does for a person's mail program. */
    private static final class MoodyServer implements AlertSender {
        record Taken(UUID digest, String line) {}

        final Set<Taken> taken = new LinkedHashSet<>();
        int failures;
        private final Random random;

        MoodyServer(Random random) {
            this.random = random;
        }

        @Override
        public void send(Digest digest) throws LifecycleException {
            int mood = random.nextInt(10);
            failures += mood < 3 ? 1 : 0;
            if (mood == 0) {
                throw new LifecycleException(FailureKind.UNREACHABLE, "MAIL_UNREACHABLE", "down");
            }
            if (mood == 1) {
                throw new LifecycleException(FailureKind.THROTTLED, "MAIL_PUT_OFF", "later");
            }
            digest.alerts()
                    .forEach(alert -> taken.add(new Taken(digest.id(), ExpectedMails.line(digest.to(), alert.key()))));
            if (mood == 2) {
                throw new LifecycleException(FailureKind.UNREACHABLE, ANSWER_LOST, "lost");
            }
        }
    }
}
