package io.certwright.alert;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Takes what is due from the outbox and sends it: one digest for each recipient and run. Mail that does not go out is tried again
 * later; it never changes what it tells about, and one recipient who cannot be reached does not stop the others.
 *
 * <p>Delivered at least once: a second copy, under the same digest id, is possible only where the other side took the mail and
 * its answer, or our note of it, was lost.
 */
public final class AlertDispatch {
    /** Longer than a sender may take for one digest; after it another node may try. */
    private static final Duration CLAIM = Duration.ofMinutes(15);
    /** As many in a row say that it is the server, not the recipient; the others of its channel are left for the next run. */
    private static final int UNREACHABLE_IN_A_ROW = 3;

    private final AlertOutbox outbox;
    private final Channels channels;
    private final RandomGenerator random;
    private final Clock clock;

    public AlertDispatch(AlertOutbox outbox, Channels channels, RandomGenerator random, Clock clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.random = random;
        this.clock = clock;
    }

    /** Sends what is due now. Does not throw: what went wrong stands in the answer and in the outbox. */
    public Dispatched run() {
        return run(channels::floorAt);
    }

    /** The least that may go to somebody now. */
    private interface Floor {
        AlertSeverity at(Recipient to, Instant now);
    }

    private Dispatched run(Floor floor) {
        Dispatched all = Dispatched.NOTHING;
        Map<Channel, Integer> unreachable = new EnumMap<>(Channel.class);
        try {
            for (Recipient to : outbox.listDueRecipients(clock.instant())) {
                Optional<AlertSender> sender = channels.findSenderTo(to);
                if (sender.isPresent() && unreachable.getOrDefault(to.channel(), 0) < UNREACHABLE_IN_A_ROW) {
                    Outcome outcome = deliverTo(to, sender.get(), floor);
                    all = all.plus(outcome.dispatched());
                    int inARow = unreachable.getOrDefault(to.channel(), 0);
                    unreachable.put(to.channel(), outcome.isUnreachable() ? inARow + 1 : 0);
                }
            }
            return all;
        } catch (LifecycleException broken) {
            return all.plus(
                    Dispatched.failed(broken.kind(), "alerts: the outbox could not be read: " + broken.getMessage()));
        }
    }

    /** Sends everything undelivered now, also what waits for a later try or for quiet hours to end, or was given up. */
    public Dispatched flush() {
        try {
            outbox.retryNow(clock.instant());
        } catch (LifecycleException broken) {
            return Dispatched.failed(broken.kind(), "alerts: the outbox could not be read: " + broken.getMessage());
        }
        return run((to, now) -> AlertSeverity.NOTE);
    }

    private record Outcome(Dispatched dispatched, boolean isUnreachable) {}

    private Outcome deliverTo(Recipient to, AlertSender sender, Floor floor) {
        Outcome outcome = new Outcome(Dispatched.NOTHING, false);
        try {
            Instant now = clock.instant();
            for (Map.Entry<UUID, List<OutboxEntry>> mail : intoDigests(
                            outbox.claimDue(to, floor.at(to, now), now, now.plus(CLAIM)))
                    .entrySet()) {
                Outcome next = deliver(to, sender, mail.getKey(), mail.getValue());
                outcome = new Outcome(outcome.dispatched().plus(next.dispatched()), next.isUnreachable());
            }
            return outcome;
        } catch (LifecycleException broken) {
            String sentence = "alerts to " + to + ": the outbox could not be written: " + broken.getMessage();
            return new Outcome(outcome.dispatched().plus(Dispatched.failed(broken.kind(), sentence)), false);
        }
    }

    /** What may have arrived goes again as the same mail, all the rest in one new one. */
    private Map<UUID, List<OutboxEntry>> intoDigests(List<OutboxEntry> due) throws LifecycleException {
        Map<UUID, List<OutboxEntry>> digests = new LinkedHashMap<>();
        UUID fresh = new UUID(random.nextLong(), random.nextLong());
        for (OutboxEntry entry : due) {
            digests.computeIfAbsent(entry.digest().orElse(fresh), id -> new ArrayList<>())
                    .add(entry);
        }
        List<OutboxEntry> unassigned = digests.getOrDefault(fresh, List.of());
        if (!unassigned.isEmpty()) {
            outbox.assign(fresh, ids(unassigned));
        }
        return digests;
    }

    private Outcome deliver(Recipient to, AlertSender sender, UUID id, List<OutboxEntry> entries)
            throws LifecycleException {
        Digest digest =
                new Digest(id, to, entries.stream().map(AlertDispatch::asMailed).toList());
        try {
            sender.send(digest);
        } catch (LifecycleException failure) {
            recordFailure(entries, failure);
            String sentence = "alerts to " + to + ": " + failure.getMessage();
            return new Outcome(Dispatched.failed(failure.kind(), sentence), failure.kind() == FailureKind.UNREACHABLE);
        } catch (RuntimeException defect) { // one mail that cannot be made must not stop the others
            recordFailure(
                    entries, new LifecycleException(FailureKind.INTERNAL, "ALERT_DEFECT", defect.toString(), defect));
            return new Outcome(Dispatched.failed(FailureKind.INTERNAL, "alerts to " + to + ": " + defect), false);
        }
        outbox.delivered(ids(entries), clock.instant());
        return new Outcome(Dispatched.sent(digest), false);
    }

    /** With the command that silences it, for alerts that want something of a person. */
    private static Alert asMailed(OutboxEntry entry) {
        boolean wantsAction = entry.alert().severity() != AlertSeverity.NOTE;
        return wantsAction ? entry.alert().withCommand("certwright alerts ack " + entry.id()) : entry.alert();
    }

    private void recordFailure(List<OutboxEntry> entries, LifecycleException failure) throws LifecycleException {
        int tries = 1 + entries.stream().mapToInt(OutboxEntry::attempts).min().orElse(0);
        Optional<Duration> wait = DeliveryRetries.waitAfter(tries);
        if (wait.isEmpty()) {
            outbox.givenUp(ids(entries), failure.getMessage());
            return;
        }
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration longer = asked.compareTo(wait.get()) > 0 ? asked : wait.get();
        Duration bounded = longer.compareTo(AlertOutbox.LONGEST_WAIT) > 0 ? AlertOutbox.LONGEST_WAIT : longer;
        Instant nextTry = clock.instant().plus(bounded);
        outbox.failed(ids(entries), failure.getMessage(), nextTry, mayHaveArrived(entries, failure));
    }

    /** Now, or at an earlier try: a mail that may have arrived once keeps its name until it surely has. */
    private static boolean mayHaveArrived(List<OutboxEntry> entries, LifecycleException failure) {
        return failure.code().equals(AlertSender.ANSWER_LOST)
                || entries.stream().anyMatch(entry -> entry.digest().isPresent());
    }

    private static Collection<Long> ids(List<OutboxEntry> entries) {
        return entries.stream().map(OutboxEntry::id).toList();
    }
}
