package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells people of what is wrong while it lasts: once when it begins, and once when it is over. Run it as often as you like; nothing is
 * mailed while nothing changes.
 */
public final class ConditionWatch {
    private final AlertOutbox outbox;
    private final Recoveries recoveries;

    public ConditionWatch(AlertOutbox outbox) {
        this.outbox = outbox;
        this.recoveries = new Recoveries(outbox);
    }

    /**
     * One look.
     *
     * @param kinds what was looked for; open alerts of these kinds that are not among {@code present} are over
     * @param present everything of these kinds that is wrong now; the stage of each says since when, so that it is news when it comes
     *     back
     * @return how many alerts are new in the outbox
     */
    public int pass(Set<AlertKind> kinds, List<Alert> present, List<Recipient> to, Instant now)
            throws LifecycleException {
        int told = 0;
        for (Alert alert : present) {
            for (Recipient recipient : to) {
                told += outbox.offer(alert, recipient) ? 1 : 0;
            }
        }
        Set<AlertKey> lasting = present.stream().map(Alert::key).collect(Collectors.toSet());
        List<OutboxEntry> over = outbox.listOpen().stream()
                .filter(entry -> kinds.contains(entry.alert().key().kind()))
                .filter(entry -> !lasting.contains(entry.alert().key()))
                .toList();
        return told + recoveries.tell(over, "is well again", now);
    }
}
