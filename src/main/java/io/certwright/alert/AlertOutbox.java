package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Port: remembers who was told what, and what still has to go out. Every method joins the caller's transaction, so that an alert
 * and the fact it tells are stored together or not at all.
 */
public interface AlertOutbox {
    /**
     * A row that was written this much later than now comes from a clock that was wrong: it does not count, so that a jump of the
     * clock loses no alert. Less is the ordinary difference between the clocks of two nodes.
     */
    Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    /** No entry waits longer for its next try; one that seems to was dated by a clock that was wrong, and is due now. */
    Duration LONGEST_WAIT = Duration.ofDays(1);

    /** False when this recipient was told this key already, or a more urgent stage in its place. */
    default boolean offer(Alert alert, Recipient to) throws LifecycleException {
        return offer(alert, to, List.of());
    }

    /**
     * Also records the {@code lessUrgent} stages of the same subject as told, so that they never come after this one; where one of
     * them waits to be delivered it is dropped. Nothing changes when the answer is false.
     */
    boolean offer(Alert alert, Recipient to, List<String> lessUrgent) throws LifecycleException;

    /** Who has something due and not claimed by anyone. */
    List<Recipient> listDueRecipients(Instant now) throws LifecycleException;

    /** What is due for one recipient, however severe. */
    default List<OutboxEntry> claimDue(Recipient to, Instant now, Instant until) throws LifecycleException {
        return claimDue(to, AlertSeverity.NOTE, now, until);
    }

    /**
     * What is due for one recipient, kept from every other node until {@code until}; empty when another node was faster. What is less
     * severe than {@code atLeast} is left, unless it is part of a mail that may have arrived: that goes again as it was.
     */
    List<OutboxEntry> claimDue(Recipient to, AlertSeverity atLeast, Instant now, Instant until)
            throws LifecycleException;

    /** Remembers, before it is sent, which mail carries these entries: after a crash the same mail goes again under the same name. */
    void assign(UUID digest, Collection<Long> ids) throws LifecycleException;

    void delivered(Collection<Long> ids, Instant at) throws LifecycleException;

    /** Counts an attempt and tries again later. With {@code maybeArrived} the entries stay together in the same mail. */
    void failed(Collection<Long> ids, String sentence, Instant nextTry, boolean maybeArrived) throws LifecycleException;

    /** Counts an attempt and leaves the entries undelivered, where {@link #listOpen} shows them, until {@link #retryNow}. */
    void givenUp(Collection<Long> ids, String sentence) throws LifecycleException;

    /** How many entries are given up: undelivered, wanted and not tried any more by themselves. */
    int countGivenUp() throws LifecycleException;

    /** Makes everything undelivered due, also what was given up. */
    void retryNow(Instant now) throws LifecycleException;

    /** Silences the alert of this entry for all its recipients until the next stage; false when there is no such entry. */
    boolean acknowledge(long id, Instant at) throws LifecycleException;

    /** Whether somebody took note of this very key. */
    boolean isAcknowledged(AlertKey key) throws LifecycleException;

    /** What these entries tell is over: no longer open, and not sent if it was not yet. */
    void over(Collection<Long> ids, Instant at) throws LifecycleException;

    /**
     * What people were told or will be told, and is neither superseded, acknowledged nor over; most severe first, then oldest. A note
     * wants nothing of anybody: it is open until it is delivered.
     */
    List<OutboxEntry> listOpen() throws LifecycleException;

    /** What was told of these kinds and is neither superseded nor over, acknowledged or not: what lasts. */
    List<OutboxEntry> listLasting(Set<AlertKind> kinds) throws LifecycleException;

    /** Of {@link #listOpen} what is about one subject. */
    List<OutboxEntry> listOpenAbout(String subject) throws LifecycleException;
}
