package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.BEN;
import static io.certwright.alert.Alerts.NOON;
import static io.certwright.alert.Alerts.expiry;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every outbox promises. */
public abstract class AlertOutboxContract {
    private static final UUID DIGEST = new UUID(1, 2);
    private static final Instant LATER = NOON.plus(Duration.ofMinutes(15));

    /** An empty one. */
    protected abstract AlertOutbox outbox() throws LifecycleException;

    @Test
    void tells_each_key_to_each_recipient_once() throws LifecycleException {
        AlertOutbox outbox = outbox();

        assertThat(outbox.offer(expiry("wsus01", "30d", NOON), ANNA)).isTrue();
        assertThat(outbox.offer(expiry("wsus01", "30d", NOON.plusSeconds(60)), ANNA))
                .isFalse();
        assertThat(outbox.offer(expiry("wsus01", "30d", NOON), BEN)).isTrue();
        assertThat(outbox.offer(expiry("wsus02", "30d", NOON), ANNA)).isTrue();
        assertThat(outbox.offer(expiry("wsus01", "14d", NOON), ANNA)).isTrue();
        assertThat(outbox.listOpen()).hasSize(4);
    }

    @Test
    void warns_again_of_the_next_certificate_and_of_another_kind() throws LifecycleException {
        AlertOutbox outbox = outbox();
        Alert first = expiry("wsus01", "30d", NOON);
        AlertKey nextYear = AlertKey.of("wsus01", Alerts.thumbprint(2), AlertKind.EXPIRY, "30d");
        AlertKey otherKind = AlertKey.of("wsus01", Alerts.FIRST, AlertKind.REVOKED, "30d");

        assertThat(outbox.offer(first, ANNA)).isTrue();
        assertThat(outbox.offer(withKey(first, nextYear), ANNA)).isTrue();
        assertThat(outbox.offer(withKey(first, otherKind), ANNA)).isTrue();
    }

    @Test
    void gives_back_every_word_of_an_alert() throws LifecycleException {
        AlertOutbox outbox = outbox();
        Alert alert = new Alert(
                AlertKey.of("wsus01", AlertKind.ISSUER_ENDING, "90d"),
                AlertSeverity.CRITICAL,
                "wsus01 🔒: שלום",
                "line one\nline two",
                "nothing",
                List.of("certwright list", "certwright why wsus01"),
                NOON);

        outbox.offer(alert, ANNA);

        OutboxEntry entry = outbox.listOpen().get(0);
        assertThat(entry.alert()).isEqualTo(alert);
        assertThat(entry.to()).isEqualTo(ANNA);
        assertThat(entry.attempts()).isZero();
        assertThat(entry.nextTry()).contains(NOON);
        assertThat(entry.digest()).isEmpty();
        assertThat(entry.deliveredAt()).isEmpty();
    }

    @Test
    void never_tells_a_less_urgent_stage_after_a_more_urgent_one() throws LifecycleException {
        AlertOutbox outbox = outbox();

        assertThat(outbox.offer(expiry("wsus01", "7d", NOON), ANNA, List.of("30d", "14d")))
                .isTrue();

        assertThat(outbox.offer(expiry("wsus01", "14d", NOON.plusSeconds(1)), ANNA))
                .isFalse();
        assertThat(outbox.listOpen()).hasSize(1);
        assertThat(outbox.claimDue(ANNA, NOON, LATER)).hasSize(1);
    }

    @Test
    void drops_a_less_urgent_alert_that_still_waits_to_be_delivered() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);

        outbox.offer(expiry("wsus01", "7d", NOON.plusSeconds(1)), ANNA, List.of("14d"));

        assertThat(outbox.claimDue(ANNA, NOON.plusSeconds(1), LATER))
                .extracting(entry -> entry.alert().key().stage())
                .containsExactly("7d");
    }

    @Test
    void keeps_what_is_claimed_from_others_until_the_claim_ends() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);

        assertThat(outbox.listDueRecipients(NOON)).containsExactly(ANNA);
        assertThat(outbox.claimDue(BEN, NOON, LATER)).isEmpty();
        assertThat(outbox.claimDue(ANNA, NOON, LATER)).hasSize(1);
        assertThat(outbox.claimDue(ANNA, NOON, LATER)).isEmpty();
        assertThat(outbox.listDueRecipients(NOON)).isEmpty();
        assertThat(outbox.claimDue(ANNA, LATER, LATER.plusSeconds(900))).hasSize(1);
    }

    @Test
    void lists_what_lasts_acknowledged_or_not_until_it_is_over() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.offer(expiry("wsus02", "14d", NOON), ANNA, List.of("30d"));
        List<Long> ids = outbox.listLasting(Set.of(AlertKind.EXPIRY)).stream()
                .map(OutboxEntry::id)
                .toList();
        assertThat(ids).hasSize(2);

        outbox.acknowledge(ids.get(0), NOON);
        assertThat(outbox.listLasting(Set.of(AlertKind.EXPIRY, AlertKind.REVOKED)))
                .extracting(entry -> entry.acknowledgedAt().isPresent())
                .containsExactly(true, false);
        assertThat(outbox.listLasting(Set.of(AlertKind.REVOKED))).isEmpty();
        outbox.over(ids, NOON);
        assertThat(outbox.listLasting(Set.of(AlertKind.EXPIRY))).isEmpty();
    }

    @Test
    void counts_what_is_given_up_until_it_is_tried_again_or_heeded() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.offer(expiry("wsus02", "14d", NOON), ANNA);
        assertThat(outbox.countGivenUp()).isZero();

        List<Long> ids = claim(outbox);
        outbox.givenUp(ids, "no such mailbox");
        assertThat(outbox.countGivenUp()).isEqualTo(2);
        outbox.acknowledge(ids.get(0), NOON);
        assertThat(outbox.countGivenUp()).isOne();
        outbox.retryNow(NOON);
        assertThat(outbox.countGivenUp()).isZero();
    }

    @Test
    void leaves_what_is_less_severe_for_another_time() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.offer(withSeverity("wsus02", AlertSeverity.URGENT), ANNA);
        outbox.offer(withSeverity("wsus03", AlertSeverity.CRITICAL), ANNA);

        assertThat(outbox.claimDue(ANNA, AlertSeverity.URGENT, NOON, LATER))
                .extracting(entry -> entry.alert().key().subject())
                .containsExactly("wsus02", "wsus03");
        assertThat(outbox.claimDue(ANNA, NOON, LATER))
                .extracting(entry -> entry.alert().key().subject())
                .containsExactly("wsus01");
    }

    @Test
    void leaves_nothing_of_a_mail_that_may_have_arrived() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        List<Long> ids = claim(outbox);
        outbox.assign(DIGEST, ids);
        outbox.failed(ids, "the connection was lost", LATER, true);

        assertThat(outbox.claimDue(ANNA, AlertSeverity.URGENT, LATER, LATER.plusSeconds(900)))
                .hasSize(1);
    }

    @Test
    void keeps_what_a_program_is_told_beside_what_people_are() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.offer(expiry("wsus01", "14d", NOON), Recipient.WEBHOOK);

        assertThat(outbox.listDueRecipients(NOON)).containsExactly(ANNA, Recipient.WEBHOOK);
        assertThat(outbox.claimDue(Recipient.WEBHOOK, NOON, LATER)).hasSize(1);
    }

    private static Alert withSeverity(String subject, AlertSeverity severity) {
        Alert usual = expiry(subject, "1d", NOON);
        return new Alert(
                usual.key(),
                severity,
                usual.sentence(),
                usual.whatHappened(),
                usual.whatNext(),
                usual.commands(),
                NOON);
    }

    @Test
    void does_not_send_what_was_delivered() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        List<Long> ids = claim(outbox);

        outbox.delivered(ids, NOON);

        assertThat(outbox.listDueRecipients(NOON.plus(Duration.ofDays(400)))).isEmpty();
        OutboxEntry entry = outbox.listOpen().get(0);
        assertThat(entry.deliveredAt()).contains(NOON);
        assertThat(entry.nextTry()).isEmpty();
        assertThat(entry.attempts()).isOne();
    }

    @Test
    void tries_again_later_under_the_same_digest_when_the_mail_may_have_arrived() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        List<Long> ids = claim(outbox);
        outbox.assign(DIGEST, ids);

        outbox.failed(ids, "the connection was lost", LATER, true);

        assertThat(outbox.claimDue(ANNA, LATER.minusSeconds(1), LATER)).isEmpty();
        OutboxEntry again = outbox.claimDue(ANNA, LATER, LATER.plusSeconds(900)).get(0);
        assertThat(again.digest()).contains(DIGEST);
        assertThat(again.attempts()).isOne();
        assertThat(again.lastFailure()).contains("the connection was lost");
    }

    @Test
    void leaves_the_digest_when_the_mail_cannot_have_arrived() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        List<Long> ids = claim(outbox);
        outbox.assign(DIGEST, ids);

        outbox.failed(ids, "connection refused", LATER, false);

        assertThat(outbox.claimDue(ANNA, LATER, LATER.plusSeconds(900)).get(0).digest())
                .isEmpty();
    }

    @Test
    void keeps_the_digest_of_a_sender_that_died() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.assign(DIGEST, claim(outbox));

        assertThat(outbox.claimDue(ANNA, LATER, LATER.plusSeconds(900)).get(0).digest())
                .contains(DIGEST);
    }

    @Test
    void shows_what_was_given_up_and_tries_it_again_when_asked() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);

        outbox.givenUp(claim(outbox), "no such mailbox");

        assertThat(outbox.listDueRecipients(LATER)).isEmpty();
        assertThat(outbox.listOpen().get(0).isGivenUp()).isTrue();
        outbox.retryNow(LATER);
        assertThat(outbox.listOpen().get(0).isGivenUp()).isFalse();
        assertThat(outbox.claimDue(ANNA, LATER, LATER.plusSeconds(900))).hasSize(1);
    }

    @Test
    void an_acknowledgement_silences_all_recipients_until_the_next_stage() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.offer(expiry("wsus01", "14d", NOON), BEN);
        outbox.offer(expiry("wsus02", "14d", NOON), BEN);

        assertThat(outbox.acknowledge(outbox.listOpen().get(0).id(), NOON)).isTrue();

        assertThat(outbox.listOpen())
                .extracting(entry -> entry.alert().key().subject())
                .containsExactly("wsus02");
        assertThat(outbox.listDueRecipients(NOON)).containsExactly(BEN);
        assertThat(outbox.isAcknowledged(expiry("wsus01", "14d", NOON).key())).isTrue();
        assertThat(outbox.isAcknowledged(expiry("wsus02", "14d", NOON).key())).isFalse();
        assertThat(outbox.offer(expiry("wsus01", "14d", NOON), ANNA)).isFalse();
        assertThat(outbox.offer(expiry("wsus01", "7d", NOON), ANNA)).isTrue();
    }

    @Test
    void shows_what_is_open_about_one_subject() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.offer(expiry("wsus01", "14d", NOON), BEN);
        outbox.offer(expiry("wsus02", "14d", NOON), ANNA);

        assertThat(outbox.listOpenAbout("wsus01")).extracting(OutboxEntry::to).containsExactly(ANNA, BEN);
        assertThat(outbox.listOpenAbout("wsus03")).isEmpty();
    }

    @Test
    void a_note_is_open_until_it_is_delivered() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(
                Alert.of(
                        AlertKey.of("wsus01", AlertKind.RECOVERED, "RENEWAL_FAILED 1"),
                        "wsus01: renewed",
                        "It is over.",
                        "Nothing.",
                        List.of(),
                        NOON),
                ANNA);
        assertThat(outbox.listOpen()).hasSize(1);

        outbox.delivered(claim(outbox), NOON);

        assertThat(outbox.listOpen()).isEmpty();
    }

    @Test
    void does_not_acknowledge_what_is_not_there() throws LifecycleException {
        assertThat(outbox().acknowledge(4711, NOON)).isFalse();
    }

    @Test
    void does_not_send_what_is_over() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);

        outbox.over(outbox.listOpen().stream().map(OutboxEntry::id).toList(), NOON);

        assertThat(outbox.listOpen()).isEmpty();
        assertThat(outbox.listDueRecipients(NOON)).isEmpty();
    }

    @Test
    void lists_the_most_severe_first() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(severe("a", AlertSeverity.NOTE), ANNA);
        outbox.offer(severe("b", AlertSeverity.CRITICAL), ANNA);
        outbox.offer(severe("c", AlertSeverity.WARNING), ANNA);
        outbox.offer(severe("d", AlertSeverity.URGENT), ANNA);

        assertThat(outbox.listOpen())
                .extracting(entry -> entry.alert().key().subject())
                .containsExactly("b", "d", "c", "a");
    }

    @Test
    void a_clock_that_jumped_ahead_and_back_loses_no_alert() throws LifecycleException {
        AlertOutbox outbox = outbox();
        Instant nextYear = NOON.plus(Duration.ofDays(365));
        outbox.offer(expiry("wsus01", "expired", nextYear), ANNA, List.of("30d"));

        assertThat(outbox.listDueRecipients(NOON)).isEmpty();
        assertThat(outbox.offer(expiry("wsus01", "30d", NOON), ANNA)).isTrue();
        assertThat(outbox.claimDue(ANNA, NOON, LATER))
                .extracting(entry -> entry.alert().key().stage())
                .containsExactly("30d");
        assertThat(outbox.offer(expiry("wsus01", "expired", NOON.plusSeconds(60)), ANNA, List.of("30d")))
                .isTrue();
    }

    @Test
    void a_try_that_was_put_off_by_a_wrong_clock_is_due_now() throws LifecycleException {
        AlertOutbox outbox = outbox();
        Instant nextYear = NOON.plus(Duration.ofDays(365));
        outbox.offer(expiry("wsus01", "30d", NOON), ANNA);
        List<Long> ids = outbox.claimDue(ANNA, nextYear, nextYear.plusSeconds(900)).stream()
                .map(OutboxEntry::id)
                .toList();
        outbox.failed(ids, "connection refused", nextYear.plusSeconds(60), false);

        assertThat(outbox.listDueRecipients(NOON)).containsExactly(ANNA);
    }

    @Test
    void takes_an_alert_offered_by_a_node_whose_clock_is_a_little_behind_for_told() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "30d", NOON), ANNA);

        assertThat(outbox.offer(expiry("wsus01", "30d", NOON.minus(Duration.ofMinutes(59))), ANNA))
                .isFalse();
    }

    @Test
    void a_retry_asked_for_twice_is_harmless() throws LifecycleException {
        AlertOutbox outbox = outbox();
        outbox.offer(expiry("wsus01", "14d", NOON), ANNA);
        outbox.delivered(claim(outbox), NOON);

        outbox.retryNow(LATER);
        outbox.retryNow(LATER);

        assertThat(outbox.listDueRecipients(LATER)).isEmpty();
        assertThat(outbox.listOpen().get(0).nextTry()).isEqualTo(Optional.empty());
    }

    private static List<Long> claim(AlertOutbox outbox) throws LifecycleException {
        return outbox.claimDue(ANNA, NOON, LATER).stream().map(OutboxEntry::id).toList();
    }

    private static Alert withKey(Alert alert, AlertKey key) {
        return Alert.of(key, alert.sentence(), alert.whatHappened(), alert.whatNext(), alert.commands(), alert.at());
    }

    private static Alert severe(String subject, AlertSeverity severity) {
        AlertKey key = AlertKey.of(subject, AlertKind.WAITING_LONG, "approval");
        return new Alert(key, severity, subject + " waits", "", "", List.of(), NOON);
    }
}
