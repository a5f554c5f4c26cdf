package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.BEN;
import static io.certwright.alert.Alerts.FIRST;
import static io.certwright.alert.Alerts.NOON;
import static io.certwright.alert.Alerts.managed;
import static io.certwright.alert.Alerts.thumbprint;
import static io.certwright.alert.Alerts.watched;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is told of a certificate's end, and when. */
final class ExpiryWatchTest {
    private static final Instant END = NOON.plus(Duration.ofDays(100));

    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private List<Watched> inUse = List.of();
    private final ExpiryWatch watch = watchWith(Thresholds.standard());

    private ExpiryWatch watchWith(Thresholds thresholds) {
        return new ExpiryWatch(() -> inUse, outbox, thresholds, Duration.ofDays(2), ZoneOffset.UTC);
    }

    @Test
    void says_nothing_while_no_threshold_is_crossed() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        assertThat(watch.pass(END.minus(Duration.ofDays(45)).minusSeconds(1))).isZero();
        assertThat(outbox.listOpen()).isEmpty();
    }

    @Test
    void tells_a_threshold_at_its_instant_and_never_again() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        assertThat(watch.pass(END.minus(Duration.ofDays(45)))).isOne();
        assertThat(watch.pass(END.minus(Duration.ofDays(45)))).isZero();
        assertThat(watch.pass(END.minus(Duration.ofDays(31)))).isZero();
    }

    @Test
    void tells_a_threshold_that_was_crossed_while_nobody_looked() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        assertThat(watch.pass(END.minus(Duration.ofDays(40)))).isOne();
        assertThat(stages()).containsExactly("45d");
    }

    @Test
    void tells_only_the_most_urgent_of_several_crossed_at_once() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        assertThat(watch.pass(END.minus(Duration.ofDays(7)).plusSeconds(60))).isOne();

        assertThat(stages()).containsExactly("7d");
        assertThat(outbox.offer(Alerts.expiry("a:443", "14d", END), ANNA)).isFalse();
    }

    @Test
    void reminds_every_day_of_the_last_week() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        List<String> told = new ArrayList<>();
        for (int hours = 24 * 9; hours >= 0; hours -= 2) {
            if (watch.pass(END.minus(Duration.ofHours(hours))) > 0) {
                told.add(stages().get(0));
                deliverAll(END.minus(Duration.ofHours(hours)));
            }
        }

        assertThat(told).containsExactly("14d", "7d", "7d +1 day", "7d +2 days", "7d +3 days", "3d", "3d +1 day", "1d");
    }

    @Test
    void reminds_nobody_after_an_acknowledgement_until_the_next_stage() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(6)));
        assertThat(stages()).containsExactly("7d +1 day");

        outbox.acknowledge(outbox.listOpen().get(0).id(), END.minus(Duration.ofDays(6)));

        assertThat(watch.pass(END.minus(Duration.ofDays(5)))).isZero();
        assertThat(watch.pass(END.minus(Duration.ofDays(3)))).isOne();
        assertThat(stages()).containsExactly("3d");
    }

    @Test
    void a_reminder_says_that_it_comes_every_day() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(5)));

        assertThat(outbox.listOpen().get(0).alert().whatHappened())
                .endsWith("You get this mail because less than 7d of its time is left. It comes every day from here on,"
                        + " until somebody acknowledges it.");
    }

    @Test
    void what_has_expired_is_a_stage_of_its_own() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        watch.pass(END);
        assertThat(stages()).containsExactly("1d");
        assertThat(watch.pass(END.plusSeconds(1))).isOne();
        assertThat(stages()).containsExactly("expired");
        assertThat(watch.pass(END.plus(Duration.ofDays(300)))).isZero();
    }

    @Test
    void warns_again_of_the_next_certificate_of_the_same_subject() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(20)));
        Instant nextEnd = END.plus(Duration.ofDays(365));
        inUse = List.of(watched("a:443", thumbprint(2), nextEnd));

        assertThat(watch.pass(nextEnd.minus(Duration.ofDays(20)))).isOne();
    }

    @Test
    void tells_each_recipient_and_one_who_came_later_too() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(20)));
        Watched old = inUse.get(0);
        inUse = List.of(
                new Watched(old.subject(), FIRST, old.validity(), Optional.empty(), List.of(ANNA, BEN, BEN), false));

        assertThat(watch.pass(END.minus(Duration.ofDays(19)))).isOne();
        assertThat(outbox.listOpen()).extracting(OutboxEntry::to).containsExactly(ANNA, BEN);
    }

    @Test
    void a_healthy_managed_certificate_never_mails() throws LifecycleException {
        Instant planned = END.minus(Duration.ofDays(30));
        inUse = List.of(managed("wsus01", END, planned));

        assertThat(watch.pass(planned.plus(Duration.ofDays(2)))).isZero();
    }

    @Test
    void a_managed_certificate_counts_the_thresholds_after_its_plan_and_grace() throws LifecycleException {
        inUse = List.of(managed("wsus01", END, END.minus(Duration.ofDays(30))));

        assertThat(watch.pass(END.minus(Duration.ofDays(15)))).isZero();
        assertThat(watch.pass(END.minus(Duration.ofDays(14)))).isOne();
        assertThat(stages()).containsExactly("14d");
    }

    @Test
    void a_threshold_within_the_grace_does_not_count() throws LifecycleException {
        inUse = List.of(managed("wsus01", END, END.minus(Duration.ofDays(15))));

        assertThat(watch.pass(END.minus(Duration.ofDays(14)))).isZero();
        assertThat(watch.pass(END.minus(Duration.ofDays(7)))).isOne();
    }

    @Test
    void a_plan_that_leaves_no_threshold_warns_when_its_grace_is_over() throws LifecycleException {
        Instant planned = END.minus(Duration.ofHours(6));
        inUse = List.of(managed("wsus01", END, planned));

        assertThat(watch.pass(planned.plus(Duration.ofHours(2)).minusSeconds(1)))
                .isZero();
        assertThat(watch.pass(planned.plus(Duration.ofHours(2)))).isOne();
        assertThat(stages()).containsExactly("overdue");
    }

    @Test
    void a_plan_after_the_end_still_warns_once_it_has_expired() throws LifecycleException {
        inUse = List.of(managed("wsus01", END, END.plus(Duration.ofDays(3))));

        assertThat(watch.pass(END)).isZero();
        assertThat(watch.pass(END.plusSeconds(1))).isOne();
    }

    @Test
    void a_threshold_longer_than_the_lifetime_says_nothing() throws LifecycleException {
        ValidityPeriod sixDays = new ValidityPeriod(NOON, NOON.plus(Duration.ofDays(6)));
        inUse = List.of(new Watched("short:443", FIRST, sixDays, Optional.empty(), List.of(ANNA), false));

        assertThat(watch.pass(NOON)).isZero();
        assertThat(watch.pass(NOON.plus(Duration.ofDays(3)))).isOne();
        assertThat(stages()).containsExactly("3d");
    }

    @Test
    void shares_of_the_lifetime_count_like_durations() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        assertThat(watchWith(Thresholds.of("10%", "30d")).pass(END.minus(Duration.ofDays(36))))
                .isOne();
        assertThat(stages()).containsExactly("10%");
    }

    @Test
    void a_threshold_taken_out_of_the_settings_brings_no_older_one_back() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(13)));

        assertThat(watchWith(Thresholds.of("30d", "7d")).pass(END.minus(Duration.ofDays(12))))
                .isZero();
    }

    @Test
    void tells_that_it_is_over_who_was_told_that_it_began() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(6)));
        deliverAll(END.minus(Duration.ofDays(6)));
        inUse = List.of(watched("a:443", thumbprint(2), END.plus(Duration.ofDays(365))));

        assertThat(watch.pass(END.minus(Duration.ofDays(4)))).isOne();
        assertThat(watch.pass(END.minus(Duration.ofDays(3)))).isZero();

        Alert over = outbox.listOpen().get(0).alert();
        assertThat(over.sentence()).isEqualTo("a:443: has a new certificate, valid until Fri 10 Mar 2028");
        assertThat(over.severity()).isEqualTo(AlertSeverity.NOTE);
        assertThat(over.whatHappened())
                .isEqualTo("Earlier we told you: a:443: certificate expires in 6 days, on Thu 11 Mar 2027, 12:00 Z.\n"
                        + "This is over. The certificate in use now is 0000000000000000000000000000000000000002,"
                        + " valid until Fri 10 Mar 2028, 12:00 Z.");
    }

    @Test
    void says_nothing_of_an_end_that_nobody_was_told_of_once_it_is_over() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(6)));
        inUse = List.of(watched("a:443", thumbprint(2), END.plus(Duration.ofDays(365))));

        assertThat(watch.pass(END.minus(Duration.ofDays(4)))).isZero();
        assertThat(outbox.listOpen()).isEmpty();
        assertThat(outbox.listDueRecipients(END)).isEmpty();
    }

    @Test
    void keeps_an_alert_whose_subject_is_not_seen_for_a_while() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));
        watch.pass(END.minus(Duration.ofDays(6)));
        inUse = List.of();

        assertThat(watch.pass(END.minus(Duration.ofDays(5)))).isZero();
        assertThat(outbox.listOpen()).hasSize(1);
    }

    @Test
    void an_endpoint_that_alternates_between_two_certificates_mails_once_for_each_change() throws LifecycleException {
        int mails = 0;
        for (int hour = 0; hour < 48; hour++) {
            boolean old = hour % 2 == 0;
            inUse = List.of(watched("a:443", thumbprint(old ? 1 : 2), old ? END : END.plus(Duration.ofDays(365))));
            Instant now = END.minus(Duration.ofDays(12)).plus(Duration.ofHours(hour));
            mails += watch.pass(now);
            deliverAll(now);
        }

        assertThat(mails).isEqualTo(2);
    }

    @Test
    void says_what_happened_what_comes_and_what_to_do() throws LifecycleException {
        inUse = List.of(managed("wsus01", END, END.minus(Duration.ofDays(30))));
        watch.pass(END.minus(Duration.ofDays(13)));

        Alert alert = outbox.listOpen().get(0).alert();
        assertThat(alert.sentence()).isEqualTo("wsus01: certificate expires in 13 days, on Thu 11 Mar 2027, 12:00 Z");
        assertThat(alert.severity()).isEqualTo(AlertSeverity.WARNING);
        assertThat(alert.whatHappened())
                .isEqualTo("The certificate 0000000000000000000000000000000000000001 is valid until"
                        + " Thu 11 Mar 2027, 12:00 Z.\n"
                        + "Its successor was planned to be served from Tue 9 Feb 2027, 12:00 Z,"
                        + " which has not happened.\n"
                        + "You get this mail because less than 14d of its time is left.");
        assertThat(alert.whatNext())
                .isEqualTo("From then on clients refuse to connect. Certwright goes on with its renewal by itself;"
                        + " the first command below says what it waits for.");
        assertThat(alert.commands()).containsExactly("certwright why wsus01", "certwright renew wsus01");
    }

    @Test
    void grows_more_severe_towards_the_end() throws LifecycleException {
        inUse = List.of(watched("a:443", FIRST, END));

        assertThat(severityAt(END.minus(Duration.ofDays(10)))).isEqualTo(AlertSeverity.WARNING);
        assertThat(severityAt(END.minus(Duration.ofDays(7)))).isEqualTo(AlertSeverity.URGENT);
        assertThat(severityAt(END.plusSeconds(1))).isEqualTo(AlertSeverity.CRITICAL);
    }

    @Test
    void puts_no_subject_into_a_command_that_a_shell_could_misread() throws LifecycleException {
        inUse = List.of(watched("$(rm -rf /)", FIRST, END));
        watch.pass(END);

        assertThat(outbox.listOpen().get(0).alert().commands()).isEmpty();
    }

    private AlertSeverity severityAt(Instant now) throws LifecycleException {
        watch.pass(now);
        return outbox.listOpen().get(0).alert().severity();
    }

    private List<String> stages() {
        return outbox.listOpen().stream()
                .map(entry -> entry.alert().key().stage())
                .toList();
    }

    private void deliverAll(Instant now) {
        outbox.delivered(outbox.listOpen().stream().map(OutboxEntry::id).toList(), now);
    }
}
