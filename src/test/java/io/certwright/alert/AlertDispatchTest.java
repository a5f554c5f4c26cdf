package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.BEN;
import static io.certwright.alert.Alerts.NOON;
import static io.certwright.alert.Alerts.expiry;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the outbox is emptied. */
final class AlertDispatchTest {
    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final MovableClock clock = new MovableClock(NOON);
    private final MailServer server = new MailServer();
    private final AlertDispatch dispatch = new AlertDispatch(outbox, Channels.byMail(server), new Random(1), clock);

    /** Takes mail, or fails for the recipients it is told to fail for. */
    private static final class MailServer implements AlertSender {
        final List<Digest> taken = new ArrayList<>();
        final List<Recipient> asked = new ArrayList<>();
        final Map<Recipient, LifecycleException> failing = new HashMap<>();
        boolean defective;

        @Override
        public void send(Digest digest) throws LifecycleException {
            asked.add(digest.to());
            if (defective) {
                throw new IllegalStateException("cannot make this mail");
            }
            LifecycleException failure = failing.get(digest.to());
            if (failure == null || failure.code().equals(ANSWER_LOST)) {
                taken.add(digest);
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Test
    void does_nothing_when_nothing_is_due() {
        assertThat(dispatch.run()).isEqualTo(new Dispatched(0, 0, List.of()));
    }

    @Test
    void sends_each_recipient_one_mail_with_all_his_alerts() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        outbox.offer(expiry("b", "7d", NOON), ANNA);
        outbox.offer(expiry("b", "7d", NOON), BEN);

        assertThat(dispatch.run()).isEqualTo(new Dispatched(2, 3, List.of()));
        assertThat(server.taken).extracting(Digest::to).containsExactly(ANNA, BEN);
        assertThat(server.taken.get(0).alerts()).hasSize(2);
        assertThat(dispatch.run()).isEqualTo(new Dispatched(0, 0, List.of()));
    }

    @Test
    void says_how_to_silence_what_wants_something_of_a_person() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        AlertKey over = AlertKey.of("b", AlertKind.RECOVERED, "7d");
        outbox.offer(Alert.of(over, "b: all is well", "", "", List.of(), NOON), ANNA);
        long id = outbox.listOpen().get(0).id();

        dispatch.run();

        assertThat(server.taken.get(0).alerts())
                .extracting(Alert::commands)
                .containsExactly(List.of("certwright renew a", "certwright alerts ack " + id), List.of());
    }

    @Test
    void one_bad_recipient_does_not_stop_the_others() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        outbox.offer(expiry("a", "7d", NOON), BEN);
        server.failing.put(ANNA, refused());

        assertThat(dispatch.run())
                .isEqualTo(new Dispatched(
                        1,
                        1,
                        List.of(new Dispatched.Unsent(
                                FailureKind.REFUSED, "alerts to anna@contoso.com: no such mailbox"))));
        assertThat(server.taken).extracting(Digest::to).containsExactly(BEN);
    }

    @Test
    void tries_again_later_and_takes_along_what_came_since() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, unreachable());
        dispatch.run();
        outbox.offer(expiry("b", "7d", NOON.plusSeconds(30)), ANNA);
        server.failing.clear();

        clock.advance(Duration.ofMinutes(1));
        assertThat(dispatch.run()).isEqualTo(new Dispatched(1, 2, List.of()));
    }

    @Test
    void waits_before_it_tries_again() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, unreachable());
        dispatch.run();

        clock.advance(Duration.ofSeconds(59));
        dispatch.run();
        assertThat(server.asked).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        dispatch.run();
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void waits_as_long_as_the_server_asks() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, LifecycleException.throttled("MAIL_LATER", "come back", Duration.ofHours(2)));
        dispatch.run();

        assertThat(outbox.listOpen().get(0).nextTry()).contains(NOON.plus(Duration.ofHours(2)));
    }

    @Test
    void never_waits_longer_than_a_day() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, LifecycleException.throttled("MAIL_LATER", "come back", Duration.ofDays(900)));
        dispatch.run();

        assertThat(outbox.listOpen().get(0).nextTry()).contains(NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void sends_the_same_mail_again_when_its_answer_was_lost() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, answerLost());
        dispatch.run();
        outbox.offer(expiry("b", "7d", NOON.plusSeconds(30)), ANNA);
        server.failing.clear();

        clock.advance(Duration.ofMinutes(1));
        assertThat(dispatch.run()).isEqualTo(new Dispatched(2, 2, List.of()));

        assertThat(server.taken).hasSize(3);
        assertThat(server.taken.get(1)).isEqualTo(server.taken.get(0));
        assertThat(server.taken.get(2).id()).isNotEqualTo(server.taken.get(0).id());
    }

    @Test
    void a_mail_that_may_have_arrived_keeps_its_name_through_later_failures() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, answerLost());
        dispatch.run();
        server.failing.put(ANNA, unreachable());
        clock.advance(Duration.ofMinutes(1));
        dispatch.run();
        server.failing.clear();
        clock.advance(Duration.ofMinutes(4));
        dispatch.run();

        assertThat(server.taken).hasSize(2);
        assertThat(server.taken.get(1)).isEqualTo(server.taken.get(0));
    }

    @Test
    void leaves_the_others_for_the_next_run_when_the_server_is_down() {
        IntStream.range(0, 10).forEach(i -> {
            Recipient recipient = new Recipient("r" + i + "@contoso.com");
            outbox.offer(expiry("a", "7d", NOON), recipient);
            server.failing.put(recipient, unreachable());
        });

        assertThat(dispatch.run().failures()).hasSize(3);
        assertThat(server.asked).hasSize(3);
        dispatch.run();
        assertThat(server.asked).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void a_mail_server_that_is_down_does_not_stop_the_webhook() {
        List<Digest> messages = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> {
            Recipient recipient = new Recipient("r" + i + "@contoso.com");
            outbox.offer(expiry("a", "7d", NOON), recipient);
            server.failing.put(recipient, unreachable());
        });
        outbox.offer(expiry("a", "7d", NOON), Recipient.WEBHOOK);
        Channels both = new Channels(Map.of(Channel.MAIL, server, Channel.WEBHOOK, messages::add), QuietHours.NEVER);

        Dispatched sent = new AlertDispatch(outbox, both, new Random(1), clock).run();

        assertThat(messages).hasSize(1);
        assertThat(sent.failures()).hasSize(3);
    }

    @Test
    void leaves_what_no_channel_is_set_up_for() {
        outbox.offer(expiry("a", "7d", NOON), Recipient.WEBHOOK);

        assertThat(dispatch.run()).isEqualTo(new Dispatched(0, 0, List.of()));
        assertThat(outbox.listOpen().get(0).attempts()).isZero();
    }

    @Test
    void gives_up_after_a_week_and_says_so() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, refused());

        for (int hour = 0; hour < 24 * 10; hour++) {
            clock.advance(Duration.ofHours(1));
            dispatch.run();
        }

        assertThat(server.asked).hasSize(36);
        assertThat(outbox.listOpen().get(0).isGivenUp()).isTrue();
        assertThat(outbox.listOpen().get(0).lastFailure()).contains("no such mailbox");
    }

    @Test
    void a_flush_sends_what_waits_and_what_was_given_up() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.failing.put(ANNA, refused());
        dispatch.run();
        server.failing.clear();

        assertThat(dispatch.run().mails()).isZero();
        assertThat(dispatch.flush()).isEqualTo(new Dispatched(1, 1, List.of()));
    }

    @Test
    void a_mail_that_cannot_be_made_is_a_failure_like_others() {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        server.defective = true;

        assertThat(dispatch.run().failures())
                .containsExactly(new Dispatched.Unsent(
                        FailureKind.INTERNAL,
                        "alerts to anna@contoso.com: java.lang.IllegalStateException: cannot make this mail"));
        assertThat(outbox.listOpen().get(0).attempts()).isOne();
    }

    private static LifecycleException refused() {
        return new LifecycleException(FailureKind.REFUSED, "MAIL_REFUSED", "no such mailbox");
    }

    private static LifecycleException unreachable() {
        return new LifecycleException(FailureKind.UNREACHABLE, "MAIL_UNREACHABLE", "connection refused");
    }

    private static LifecycleException answerLost() {
        return new LifecycleException(FailureKind.UNREACHABLE, AlertSender.ANSWER_LOST, "connection lost");
    }
}
