package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** An outbox in which what is severe enough is also on its way to those who are to hear of such things. */
public final class EscalatingOutbox implements AlertOutbox {
    private final AlertOutbox outbox;
    private final Supplier<Escalation> escalation;

    /** @param escalation asked each time, for settings change */
    public EscalatingOutbox(AlertOutbox outbox, Supplier<Escalation> escalation) {
        this.outbox = outbox;
        this.escalation = escalation;
    }

    /** Offered to the others also where this recipient knows it already: after a crash between two offers nobody is left out. */
    @Override
    public boolean offer(Alert alert, Recipient to, List<String> lessUrgent) throws LifecycleException {
        boolean isNew = outbox.offer(alert, to, lessUrgent);
        for (Recipient besides : escalation.get().besides(alert)) {
            isNew |= outbox.offer(alert, besides, lessUrgent);
        }
        return isNew;
    }

    @Override
    public List<Recipient> listDueRecipients(Instant now) throws LifecycleException {
        return outbox.listDueRecipients(now);
    }

    @Override
    public List<OutboxEntry> claimDue(Recipient to, AlertSeverity atLeast, Instant now, Instant until)
            throws LifecycleException {
        return outbox.claimDue(to, atLeast, now, until);
    }

    @Override
    public void assign(UUID digest, Collection<Long> ids) throws LifecycleException {
        outbox.assign(digest, ids);
    }

    @Override
    public void delivered(Collection<Long> ids, Instant at) throws LifecycleException {
        outbox.delivered(ids, at);
    }

    @Override
    public void failed(Collection<Long> ids, String sentence, Instant nextTry, boolean maybeArrived)
            throws LifecycleException {
        outbox.failed(ids, sentence, nextTry, maybeArrived);
    }

    @Override
    public void givenUp(Collection<Long> ids, String sentence) throws LifecycleException {
        outbox.givenUp(ids, sentence);
    }

    @Override
    public int countGivenUp() throws LifecycleException {
        return outbox.countGivenUp();
    }

    @Override
    public void retryNow(Instant now) throws LifecycleException {
        outbox.retryNow(now);
    }

    @Override
    public boolean acknowledge(long id, Instant at) throws LifecycleException {
        return outbox.acknowledge(id, at);
    }

    @Override
    public boolean isAcknowledged(AlertKey key) throws LifecycleException {
        return outbox.isAcknowledged(key);
    }

    @Override
    public void over(Collection<Long> ids, Instant at) throws LifecycleException {
        outbox.over(ids, at);
    }

    @Override
    public List<OutboxEntry> listOpen() throws LifecycleException {
        return outbox.listOpen();
    }

    @Override
    public List<OutboxEntry> listLasting(Set<AlertKind> kinds) throws LifecycleException {
        return outbox.listLasting(kinds);
    }

    @Override
    public List<OutboxEntry> listOpenAbout(String subject) throws LifecycleException {
        return outbox.listOpenAbout(subject);
    }
}
