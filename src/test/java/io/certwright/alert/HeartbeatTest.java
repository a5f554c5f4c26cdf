package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When nobody looks any more, or the database is silent, each channel hears of it directly. */
final class HeartbeatTest {
    private static final Duration LIMIT = Duration.ofHours(6);

    private final MovableClock clock = new MovableClock(NOON);
    private final List<Digest> mails = new ArrayList<>();
    private final List<Digest> messages = new ArrayList<>();
    private final Kept pulses = new Kept();
    private boolean mailIsDown;
    private final Heartbeat heartbeat = new Heartbeat(pulses, clock);

    /** A database that can be silent. */
    private static final class Kept implements Pulses {
        private Optional<Instant> last = Optional.empty();
        private boolean silent;

        @Override
        public void beat(Instant at) {
            last = Optional.of(at);
        }

        @Override
        public Optional<Instant> findLast() throws LifecycleException {
            if (silent) {
                throw new LifecycleException(
                        FailureKind.UNREACHABLE, "DATABASE_UNREACHABLE", "database db:5432 takes no connection");
            }
            return last;
        }
    }

    @Test
    void says_nothing_while_looks_come_to_their_end() {
        for (int hour = 0; hour < 48; hour++) {
            pulses.beat(clock.instant());
            minutes(60);
        }

        assertThat(mails).isEmpty();
        assertThat(messages).isEmpty();
    }

    @Test
    void tells_every_channel_once_when_the_last_look_is_too_long_ago_and_once_when_it_is_over() {
        pulses.beat(NOON);
        minutes(6 * 60 + 20);
        minutes(600);

        assertThat(mails).hasSize(1);
        assertThat(messages).hasSize(1);
        Alert told = messages.get(0).alerts().get(0);
        assertThat(told.sentence()).isEqualTo("service: nobody has looked at the certificates for 6 hours");
        assertThat(told.severity()).isEqualTo(AlertSeverity.CRITICAL);
        assertThat(told.whatHappened()).startsWith("The last look came to its end at 2026-12-01T12:00:00Z;");

        pulses.beat(clock.instant());
        minutes(30);

        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).alerts().get(0).sentence()).isEqualTo("service: is well again");
        assertThat(mails).hasSize(2);
    }

    @Test
    void a_service_whose_first_look_never_ends_is_told_of() {
        minutes(6 * 60 + 20);

        assertThat(messages).hasSize(1);
    }

    @Test
    void a_mail_server_that_is_down_does_not_stop_the_webhook_and_is_tried_again() {
        pulses.beat(NOON);
        mailIsDown = true;
        minutes(6 * 60 + 20);
        assertThat(messages).hasSize(1);
        assertThat(mails).isEmpty();

        mailIsDown = false;
        minutes(2);
        assertThat(mails).hasSize(1);
        assertThat(messages).hasSize(1);
    }

    @Test
    void a_second_node_tells_it_under_the_same_id() {
        pulses.beat(NOON);
        Heartbeat second = new Heartbeat(pulses, clock);
        for (int minute = 0; minute < 380; minute++) {
            clock.advance(Duration.ofMinutes(1));
            heartbeat.look(rules());
            second.look(rules());
        }

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).id()).isEqualTo(messages.get(1).id());
    }

    @Test
    void says_that_the_database_does_not_answer_in_its_own_words() {
        minutes(10);
        pulses.silent = true;
        minutes(4);
        assertThat(messages).isEmpty();

        minutes(10);
        assertThat(messages).hasSize(1);
        Alert told = messages.get(0).alerts().get(0);
        assertThat(told.key().kind()).isEqualTo(AlertKind.DATABASE_TROUBLE);
        assertThat(told.sentence()).isEqualTo("database: does not answer since 2026-12-01T12:10:00Z");
        assertThat(told.whatHappened()).isEqualTo("database db:5432 takes no connection");

        pulses.silent = false;
        minutes(2);
        assertThat(messages.get(1).alerts().get(0).sentence()).isEqualTo("database: is well again");
    }

    @Test
    void a_restart_of_the_database_is_nothing_to_tell() {
        pulses.silent = true;
        minutes(4);
        pulses.silent = false;
        minutes(10);

        assertThat(messages).isEmpty();
    }

    @Test
    void a_clock_that_jumps_a_year_ahead_tells_nothing_when_the_next_look_follows() {
        pulses.beat(NOON);
        clock.advance(Duration.ofDays(365));
        minutes(3);
        pulses.beat(clock.instant());
        minutes(60);

        assertThat(messages).isEmpty();
    }

    @Test
    void a_clock_that_comes_back_from_a_year_ahead_does_not_make_it_deaf() {
        clock.advance(Duration.ofDays(365));
        pulses.beat(clock.instant());
        minutes(1);
        clock.advance(Duration.ofDays(-365));
        minutes(1);
        assertThat(messages).isEmpty();

        pulses.beat(clock.instant());
        minutes(6 * 60 + 20);
        assertThat(messages).hasSize(1);
    }

    @Test
    void a_start_after_a_long_gap_says_so() throws LifecycleException {
        pulses.beat(NOON.minus(Duration.ofDays(3)));

        Alert gap = Heartbeat.gapBefore(pulses, LIMIT, NOON).orElseThrow();

        assertThat(gap.sentence()).isEqualTo("service: nobody looked at the certificates for 3 days, it does again");
        assertThat(gap.severity()).isEqualTo(AlertSeverity.NOTE);
    }

    @Test
    void a_first_start_and_a_restart_say_nothing() throws LifecycleException {
        assertThat(Heartbeat.gapBefore(pulses, LIMIT, NOON)).isEmpty();
        pulses.beat(NOON.minus(Duration.ofHours(5)));
        assertThat(Heartbeat.gapBefore(pulses, LIMIT, NOON)).isEmpty();
    }

    private void minutes(int many) {
        for (int minute = 0; minute < many; minute++) {
            clock.advance(Duration.ofMinutes(1));
            heartbeat.look(rules());
        }
    }

    private Heartbeat.Rules rules() {
        Channels channels =
                new Channels(Map.of(Channel.MAIL, this::mail, Channel.WEBHOOK, messages::add), QuietHours.NEVER);
        return new Heartbeat.Rules(LIMIT, List.of(ANNA, Recipient.WEBHOOK), channels);
    }

    private void mail(Digest digest) throws LifecycleException {
        if (mailIsDown) {
            throw new LifecycleException(FailureKind.UNREACHABLE, "MAIL_UNREACHABLE", "down");
        }
        mails.add(digest);
    }
}
