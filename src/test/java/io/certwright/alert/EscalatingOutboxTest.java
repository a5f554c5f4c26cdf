package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.BEN;
import static io.certwright.alert.Alerts.NOON;
import static io.certwright.alert.Alerts.expiry;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who hears of what is severe, besides the usual recipients. */
final class EscalatingOutboxTest {
    private static final Recipient BOSS = new Recipient("boss@contoso.com");

    private final MemoryAlertOutbox kept = new MemoryAlertOutbox();
    private Escalation escalation =
            new Escalation(Map.of(AlertSeverity.URGENT, List.of(BEN), AlertSeverity.CRITICAL, List.of(BOSS)));
    private final AlertOutbox outbox = new EscalatingOutbox(kept, () -> escalation);

    /** It keeps every promise of an outbox. */
    @Nested
    final class KeepsThePromises extends AlertOutboxContract {
        @Override
        protected AlertOutbox outbox() {
            return new EscalatingOutbox(new MemoryAlertOutbox(), () -> Escalation.NOBODY);
        }
    }

    @Test
    void each_severity_reaches_those_named_for_it_and_for_less() throws LifecycleException {
        outbox.offer(expiry("a", "30d", NOON), ANNA);
        outbox.offer(of("b", AlertKind.ROLLED_BACK), ANNA);
        outbox.offer(of("c", AlertKind.RESTORE_FAILED), ANNA);

        assertThat(kept.listOpenAbout("a")).extracting(OutboxEntry::to).containsExactly(ANNA);
        assertThat(kept.listOpenAbout("b")).extracting(OutboxEntry::to).containsExactly(ANNA, BEN);
        assertThat(kept.listOpenAbout("c")).extracting(OutboxEntry::to).containsExactly(ANNA, BEN, BOSS);
    }

    @Test
    void nobody_is_told_twice_who_is_named_twice() throws LifecycleException {
        outbox.offer(of("b", AlertKind.ROLLED_BACK), BEN);
        outbox.offer(of("b", AlertKind.ROLLED_BACK), ANNA);

        assertThat(kept.listOpenAbout("b")).extracting(OutboxEntry::to).containsExactlyInAnyOrder(ANNA, BEN);
    }

    @Test
    void changed_settings_count_from_the_next_alert_on() throws LifecycleException {
        escalation = Escalation.NOBODY;

        outbox.offer(of("b", AlertKind.ROLLED_BACK), ANNA);

        assertThat(kept.listOpenAbout("b")).extracting(OutboxEntry::to).containsExactly(ANNA);
    }

    @Test
    void who_heard_of_the_trouble_hears_that_it_is_over() throws LifecycleException {
        outbox.offer(of("b", AlertKind.ROLLED_BACK), ANNA);
        kept.delivered(kept.listOpen().stream().map(OutboxEntry::id).toList(), NOON);

        int told = new Recoveries(outbox).tell(kept.listOpenAbout("b"), "renewed", NOON.plusSeconds(60));

        assertThat(told).isEqualTo(2);
        assertThat(kept.listOpenAbout("b")).extracting(OutboxEntry::to).containsExactly(ANNA, BEN);
    }

    private static Alert of(String subject, AlertKind kind) {
        return Alert.of(AlertKey.of(subject, kind, "r1"), subject + ": news", "", "", List.of(), NOON);
    }
}
