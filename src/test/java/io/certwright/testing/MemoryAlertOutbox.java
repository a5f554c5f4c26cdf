package io.certwright.testing;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An outbox in memory with the behaviour of the one in the database; {@code AlertOutboxContract} holds both to it. */
public final class MemoryAlertOutbox implements AlertOutbox {
    private static final Duration LONGEST_CLAIM = Duration.ofHours(2);

    private record RowKey(AlertKey key, Recipient to) {}

    private static final class Row {
        final long id;
        final Alert alert;
        final Recipient to;
        UUID digest;
        int attempts;
        Instant nextTry;
        Instant claimedUntil = Instant.MIN;
        String lastFailure;
        Instant deliveredAt;
        Instant supersededAt;
        Instant acknowledgedAt;
        Instant overAt;

        Row(long id, Alert alert, Recipient to) {
            this.id = id;
            this.alert = alert;
            this.to = to;
            this.nextTry = alert.at();
        }

        boolean isOpen() {
            return supersededAt == null && acknowledgedAt == null && overAt == null;
        }

        boolean isDueAt(Instant now) {
            return isOpen()
                    && deliveredAt == null
                    && nextTry != null
                    && !alert.at().isAfter(now.plus(CLOCK_TOLERANCE))
                    && (!nextTry.isAfter(now) || nextTry.isAfter(now.plus(LONGEST_WAIT)))
                    && (!claimedUntil.isAfter(now) || claimedUntil.isAfter(now.plus(LONGEST_CLAIM)));
        }

        OutboxEntry entry() {
            boolean waits = isOpen() && deliveredAt == null;
            return new OutboxEntry(
                    id,
                    alert,
                    to,
                    Optional.ofNullable(digest),
                    attempts,
                    waits ? Optional.ofNullable(nextTry) : Optional.empty(),
                    Optional.ofNullable(lastFailure),
                    Optional.ofNullable(deliveredAt),
                    Optional.ofNullable(acknowledgedAt));
        }
    }

    private final Map<RowKey, Row> rows = new LinkedHashMap<>();
    private long lastId;

    @Override
    public boolean offer(Alert alert, Recipient to) {
        return offer(alert, to, List.of());
    }

    @Override
    public synchronized boolean offer(Alert alert, Recipient to, List<String> lessUrgent) {
        if (standsAt(new RowKey(alert.key(), to), alert.at())) {
            return false;
        }
        rows.put(new RowKey(alert.key(), to), new Row(++lastId, alert, to));
        for (String stage : lessUrgent) {
            AlertKey key = new AlertKey(
                    alert.key().subject(), alert.key().thumbprint(), alert.key().kind(), stage);
            RowKey rowKey = new RowKey(key, to);
            if (!standsAt(rowKey, alert.at())) {
                rows.put(rowKey, new Row(++lastId, alert, to));
            }
            Row row = rows.get(rowKey);
            row.supersededAt = row.supersededAt == null ? alert.at() : row.supersededAt;
        }
        return true;
    }

    private boolean standsAt(RowKey key, Instant at) {
        Row row = rows.get(key);
        return row != null && !row.alert.at().isAfter(at.plus(CLOCK_TOLERANCE));
    }

    @Override
    public synchronized List<Recipient> listDueRecipients(Instant now) {
        return rows.values().stream()
                .filter(row -> row.isDueAt(now))
                .map(row -> row.to)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public synchronized List<OutboxEntry> claimDue(Recipient to, AlertSeverity atLeast, Instant now, Instant until) {
        List<Row> due = rows.values().stream()
                .filter(row -> row.to.equals(to) && row.isDueAt(now))
                .filter(row -> row.digest != null || row.alert.severity().isAtLeast(atLeast))
                .toList();
        due.forEach(row -> row.claimedUntil = until);
        return due.stream().map(Row::entry).toList();
    }

    @Override
    public synchronized void assign(UUID digest, Collection<Long> ids) {
        change(ids, row -> row.digest = digest);
    }

    @Override
    public synchronized void delivered(Collection<Long> ids, Instant at) {
        change(ids, row -> {
            row.deliveredAt = at;
            row.attempts++;
            row.lastFailure = null;
        });
    }

    @Override
    public synchronized void failed(Collection<Long> ids, String sentence, Instant nextTry, boolean maybeArrived) {
        change(ids, row -> {
            row.attempts++;
            row.lastFailure = sentence;
            row.nextTry = nextTry;
            row.claimedUntil = Instant.MIN;
            row.digest = maybeArrived ? row.digest : null;
        });
    }

    @Override
    public synchronized void givenUp(Collection<Long> ids, String sentence) {
        change(ids, row -> {
            row.attempts++;
            row.lastFailure = sentence;
            row.nextTry = null;
            row.claimedUntil = Instant.MIN;
        });
    }

    @Override
    public synchronized int countGivenUp() {
        return (int) rows.values().stream()
                .filter(row -> row.isOpen() && row.deliveredAt == null && row.nextTry == null)
                .count();
    }

    @Override
    public synchronized void retryNow(Instant now) {
        rows.values().stream().filter(row -> row.deliveredAt == null).forEach(row -> row.nextTry = now);
    }

    @Override
    public synchronized boolean acknowledge(long id, Instant at) {
        Optional<AlertKey> key = rows.entrySet().stream()
                .filter(entry -> entry.getValue().id == id)
                .map(entry -> entry.getKey().key())
                .findFirst();
        key.ifPresent(found -> rows.forEach((rowKey, row) -> {
            if (rowKey.key().equals(found) && row.isOpen()) {
                row.acknowledgedAt = at;
            }
        }));
        return key.isPresent();
    }

    @Override
    public synchronized boolean isAcknowledged(AlertKey key) {
        return rows.entrySet().stream()
                .anyMatch(row -> row.getKey().key().equals(key) && row.getValue().acknowledgedAt != null);
    }

    @Override
    public synchronized void over(Collection<Long> ids, Instant at) {
        change(ids, row -> row.overAt = at);
    }

    @Override
    public synchronized List<OutboxEntry> listOpen() {
        return list(row -> row.isOpen() && !(row.deliveredAt != null && row.alert.severity() == AlertSeverity.NOTE))
                .stream()
                .sorted(Comparator.comparing(
                                (OutboxEntry entry) -> entry.alert().severity())
                        .reversed()
                        .thenComparing(entry -> entry.alert().at())
                        .thenComparing(OutboxEntry::id))
                .toList();
    }

    @Override
    public synchronized List<OutboxEntry> listLasting(Set<AlertKind> kinds) {
        return list(row -> row.supersededAt == null
                && row.overAt == null
                && kinds.contains(row.alert.key().kind()));
    }

    @Override
    public synchronized List<OutboxEntry> listOpenAbout(String subject) {
        return list(row -> row.isOpen() && row.alert.key().subject().equals(subject));
    }

    private List<OutboxEntry> list(Predicate<Row> which) {
        return rows.values().stream().filter(which).map(Row::entry).toList();
    }

    private void change(Collection<Long> ids, Consumer<Row> change) {
        rows.values().stream().filter(row -> ids.contains(row.id)).forEach(change);
    }
}
