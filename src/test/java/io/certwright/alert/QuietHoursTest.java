package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.NOON;
import static io.certwright.alert.Alerts.expiry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When people are left alone, and what reaches them all the same. Noon of the alerts is one of Tuesday. */
final class QuietHoursTest {
    private static final QuietHours TUESDAYS =
            new QuietHours(List.of(QuietHours.span("Tue 08:00-18:00", ZoneOffset.UTC)));

    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final MovableClock clock = new MovableClock(NOON);
    private final List<Digest> mails = new ArrayList<>();
    private final List<Digest> messages = new ArrayList<>();
    private boolean answerIsLost;
    private final AlertDispatch dispatch = new AlertDispatch(
            outbox,
            new Channels(Map.of(Channel.MAIL, this::take, Channel.WEBHOOK, messages::add), TUESDAYS),
            new Random(1),
            clock);

    private void take(Digest digest) throws LifecycleException {
        mails.add(digest);
        if (answerIsLost) {
            throw new LifecycleException(FailureKind.UNREACHABLE, AlertSender.ANSWER_LOST, "lost");
        }
    }

    @Test
    void what_is_not_urgent_comes_as_one_mail_when_they_are_over() {
        outbox.offer(expiry("a", "30d", NOON), ANNA);
        outbox.offer(expiry("b", "30d", NOON), ANNA);

        dispatch.run();
        assertThat(mails).isEmpty();

        clock.advance(Duration.ofHours(6));
        dispatch.run();
        assertThat(mails).hasSize(1);
        assertThat(mails.get(0).alerts()).hasSize(2);
    }

    @Test
    void what_is_urgent_goes_at_once_and_alone() {
        outbox.offer(expiry("a", "30d", NOON), ANNA);
        outbox.offer(urgent("b"), ANNA);

        dispatch.run();

        assertThat(mails).hasSize(1);
        assertThat(mails.get(0).alerts())
                .extracting(alert -> alert.key().subject())
                .containsExactly("b");
    }

    @Test
    void programs_are_never_left_alone() {
        outbox.offer(expiry("a", "30d", NOON), Recipient.WEBHOOK);

        dispatch.run();

        assertThat(messages).hasSize(1);
    }

    @Test
    void a_person_who_says_send_gets_everything() {
        outbox.offer(expiry("a", "30d", NOON), ANNA);

        assertThat(dispatch.flush().mails()).isOne();
    }

    @Test
    void a_mail_that_may_have_arrived_goes_again_whole() {
        clock.advance(Duration.ofHours(-5));
        outbox.offer(expiry("a", "30d", clock.instant()), ANNA);
        outbox.offer(urgent("b"), ANNA);
        answerIsLost = true;
        dispatch.run();
        answerIsLost = false;

        clock.advance(Duration.ofHours(2));
        dispatch.run();

        assertThat(mails).hasSize(2);
        assertThat(mails.get(1)).isEqualTo(mails.get(0));
    }

    @Test
    void have_the_zone_of_the_recipients_where_they_name_none() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(QuietHours.span(" daily 22:00-06:00 ", berlin)).hasToString("daily 22:00-06:00 Europe/Berlin");
        assertThat(QuietHours.span("Sat,Sun 00:00-00:00 UTC", berlin)).hasToString("Sat,Sun 00:00-00:00 UTC");
        QuietHours nights = new QuietHours(List.of(QuietHours.span("daily 22:00-06:00", berlin)));
        assertThat(nights.areAt(Instant.parse("2026-12-01T04:59:59Z"))).isTrue();
        assertThat(nights.areAt(Instant.parse("2026-12-01T05:00:00Z"))).isFalse();
        assertThat(nights.areAt(Instant.parse("2026-12-01T21:00:00Z"))).isTrue();
    }

    @Test
    void are_refused_where_they_say_no_hours() {
        assertThatThrownBy(() -> QuietHours.span("at night", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quiet hours: got \"at night Z\", wanted days, times and a zone such as"
                        + " \"Sun 02:00-05:00 Europe/Berlin\" or \"daily 01:00-03:00 UTC\"");
    }

    private static Alert urgent(String subject) {
        return Alert.of(
                AlertKey.of(subject, AlertKind.ROLLED_BACK, "r1"), subject + ": rolled back", "", "", List.of(), NOON);
    }
}
