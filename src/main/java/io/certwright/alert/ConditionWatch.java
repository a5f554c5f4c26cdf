package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells people of what is wrong while it lasts: once when it begins, and once when it is over. Run it as often as you like; nothing is
 * mailed while nothing changes.
 */
public final class ConditionWatch {
    private static final String WELL = "is well again";

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
        return told + end(kinds, alert -> !lasting.contains(alert.key()), WELL, now);
    }

    /** As {@link #pass}, of conditions that do not know since when they last. */
    public int passLasting(Set<AlertKind> kinds, List<Condition> present, List<Recipient> to, Instant now)
            throws LifecycleException {
        List<OutboxEntry> lasting = outbox.listLasting(kinds);
        int told = 0;
        for (Condition condition : present) {
            boolean isKnown = lasting.stream()
                    .anyMatch(entry -> condition.isToldBy(entry.alert()) && !isOfAWrongClock(entry, now));
            for (Recipient recipient : isKnown ? List.<Recipient>of() : to) {
                told += outbox.offer(condition.since(now, now), recipient) ? 1 : 0;
            }
        }
        return told + end(kinds, alert -> present.stream().noneMatch(each -> each.isToldBy(alert)), WELL, now);
    }

    private static boolean isOfAWrongClock(OutboxEntry entry, Instant now) {
        return entry.alert().at().isAfter(now.plus(AlertOutbox.CLOCK_TOLERANCE));
    }

    /**
     * Ends what nobody looks for any more. Whoever acknowledged it knows; it only ends.
     *
     * @param news what is true now, for the subject line
     * @return how many people are told
     */
    public int end(Set<AlertKind> kinds, Predicate<Alert> isOver, String news, Instant now) throws LifecycleException {
        List<OutboxEntry> over = outbox.listLasting(kinds).stream()
                .filter(entry -> isOver.test(entry.alert()))
                .toList();
        List<OutboxEntry> heeded = over.stream()
                .filter(entry -> entry.acknowledgedAt().isPresent())
                .toList();
        outbox.over(heeded.stream().map(OutboxEntry::id).toList(), now);
        return recoveries.tell(
                over.stream().filter(entry -> entry.acknowledgedAt().isEmpty()).toList(), news, now);
    }
}
