package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A watch as it should be, and with faults that other tools have had: a simulation must turn red on each. */
final class PlantedFaults {
    private PlantedFaults() {}

    /** What looks over the certificates. */
    interface Look {
        void at(Instant now) throws LifecycleException;
    }

    /** The planted fault of other tools: mails only on the very day. */
    static Look equalityWatch(YearOfCertificates year, AlertOutbox outbox) {
        return now -> {
            for (Watched watched : year.listWatched()) {
                String days = watched.validity().remainingAt(now).toDays() + "d";
                if (List.of("45d", "30d", "14d", "7d", "3d", "1d").contains(days)) {
                    AlertKey key = AlertKey.of(watched.subject(), watched.thumbprint(), AlertKind.EXPIRY, days);
                    for (Recipient to : watched.recipients()) {
                        outbox.offer(Alert.of(key, "expires", "", "", List.of(), now), to);
                    }
                }
            }
        };
    }

    /** The real watch on an outbox whose keys forget which certificate they were about. */
    static Look forgetfulWatch(YearOfCertificates year, AlertOutbox outbox) {
        return watch(year, new ForgetfulOutbox(outbox, new HashMap<>()))::pass;
    }

    /** As it should be. */
    static ExpiryWatch watch(YearOfCertificates year, AlertOutbox outbox) {
        return new ExpiryWatch(year, outbox, Thresholds.standard(), Duration.ofDays(2), ZoneOffset.UTC);
    }

    /** The planted fault of a key that forgets which certificate it was about. */
    private record ForgetfulOutbox(AlertOutbox outbox, Map<String, Alert> told) implements AlertOutbox {
        @Override
        public boolean offer(Alert alert, Recipient to, List<String> lessUrgent) throws LifecycleException {
            String key = to
                    + alert.key().subject()
                    + alert.key().kind()
                    + alert.key().stage();
            return told.putIfAbsent(key, alert) == null && outbox.offer(alert, to, lessUrgent);
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
        public void over(Collection<Long> ids, Instant at) throws LifecycleException {
            outbox.over(ids, at);
        }

        @Override
        public boolean isAcknowledged(AlertKey key) throws LifecycleException {
            return outbox.isAcknowledged(key);
        }

        @Override
        public List<OutboxEntry> listLasting(Set<AlertKind> kinds) throws LifecycleException {
            return outbox.listLasting(kinds);
        }

        @Override
        public List<OutboxEntry> listOpenAbout(String subject) throws LifecycleException {
            return outbox.listOpenAbout(subject);
        }

        @Override
        public List<OutboxEntry> listOpen() throws LifecycleException {
            return outbox.listOpen();
        }
    }
}
