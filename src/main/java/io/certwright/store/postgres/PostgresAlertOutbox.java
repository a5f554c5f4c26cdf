package io.certwright.store.postgres;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.failure.LifecycleException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The outbox as one table, where a unique key says that nobody is told twice. */
public final class PostgresAlertOutbox implements AlertOutbox {
    /** A claim that seems to last longer was dated by a clock that was wrong. */
    private static final Duration LONGEST_CLAIM = Duration.ofHours(2);

    private static final String COLUMNS = """
            id, subject, thumbprint, kind, stage, recipient, severity, sentence, what_happened, what_next, commands,
            noticed_at, digest, attempts, next_try, last_failure, delivered_at, acknowledged_at
            """;

    /** Its five places: now and the tolerance, now, now and the longest wait, now, now and the longest claim. */
    private static final String IS_DUE = """
            delivered_at IS NULL AND superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL
            AND noticed_at <= ?
            AND (next_try <= ? OR next_try > ?)
            AND (claimed_until IS NULL OR claimed_until <= ? OR claimed_until > ?)
            """;

    private final Database database;

    public PostgresAlertOutbox(Database database) {
        this.database = database;
    }

    @Override
    public boolean offer(Alert alert, Recipient to, List<String> lessUrgent) throws LifecycleException {
        return database.inTransaction(() -> {
            boolean isNew = insert(alert, to) == 1;
            if (isNew && !lessUrgent.isEmpty()) {
                supersede(alert, to, lessUrgent);
            }
            return isNew;
        });
    }

    /** A row dated later than the tolerance allows is overwritten: it was told by a clock that was wrong. */
    private int insert(Alert alert, Recipient to) throws LifecycleException {
        return database.update(
                """
                INSERT INTO alert_outbox AS told
                    (subject, thumbprint, kind, stage, recipient, severity, sentence, what_happened, what_next, commands,
                     noticed_at, next_try)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT ON CONSTRAINT alert_told_once DO UPDATE SET
                    severity = excluded.severity, sentence = excluded.sentence, what_happened = excluded.what_happened,
                    what_next = excluded.what_next, commands = excluded.commands, noticed_at = excluded.noticed_at,
                    digest = NULL, attempts = 0, next_try = excluded.next_try, claimed_until = NULL, last_failure = NULL,
                    delivered_at = NULL, superseded_at = NULL, acknowledged_at = NULL, over_at = NULL
                WHERE told.noticed_at > ?
                """,
                alert.key().subject(),
                alert.key().thumbprint(),
                alert.key().kind(),
                alert.key().stage(),
                to.address(),
                alert.severity(),
                alert.sentence(),
                alert.whatHappened(),
                alert.whatNext(),
                alert.commands(),
                alert.at(),
                alert.at(),
                alert.at().plus(CLOCK_TOLERANCE));
    }

    private void supersede(Alert alert, Recipient to, List<String> stages) throws LifecycleException {
        database.update(
                """
                INSERT INTO alert_outbox AS told
                    (subject, thumbprint, kind, stage, recipient, severity, sentence, what_happened, what_next, commands,
                     noticed_at, next_try, superseded_at)
                SELECT ?, ?, ?, stage, ?, ?, ?, '', '', '{}', ?, ?, ?
                FROM unnest(?) AS stage
                ON CONFLICT ON CONSTRAINT alert_told_once DO UPDATE SET
                    superseded_at = excluded.superseded_at, noticed_at = least(told.noticed_at, excluded.noticed_at)
                WHERE told.superseded_at IS NULL OR told.noticed_at > ?
                """,
                alert.key().subject(),
                alert.key().thumbprint(),
                alert.key().kind(),
                to.address(),
                alert.severity(),
                alert.sentence(),
                alert.at(),
                alert.at(),
                alert.at(),
                stages,
                alert.at().plus(CLOCK_TOLERANCE));
    }

    @Override
    public List<Recipient> listDueRecipients(Instant now) throws LifecycleException {
        return database.list(
                "SELECT DISTINCT recipient FROM alert_outbox WHERE " + IS_DUE + " ORDER BY recipient",
                row -> new Recipient(row.text("recipient")),
                now.plus(CLOCK_TOLERANCE),
                now,
                now.plus(LONGEST_WAIT),
                now,
                now.plus(LONGEST_CLAIM));
    }

    @Override
    public List<OutboxEntry> claimDue(Recipient to, AlertSeverity atLeast, Instant now, Instant until)
            throws LifecycleException {
        return database.list(
                "UPDATE alert_outbox SET claimed_until = ? WHERE id IN (SELECT id FROM alert_outbox WHERE recipient = ? AND "
                        + "(severity = ANY (?) OR digest IS NOT NULL) AND " + IS_DUE
                        + " ORDER BY id FOR UPDATE SKIP LOCKED) RETURNING " + COLUMNS,
                PostgresAlertOutbox::entry,
                until,
                to.address(),
                Stream.of(AlertSeverity.values())
                        .filter(severity -> severity.isAtLeast(atLeast))
                        .map(AlertSeverity::name)
                        .toList(),
                now.plus(CLOCK_TOLERANCE),
                now,
                now.plus(LONGEST_WAIT),
                now,
                now.plus(LONGEST_CLAIM));
    }

    @Override
    public void assign(UUID digest, Collection<Long> ids) throws LifecycleException {
        database.update("UPDATE alert_outbox SET digest = ? WHERE id = ANY (?::bigint[])", digest, texts(ids));
    }

    @Override
    public void delivered(Collection<Long> ids, Instant at) throws LifecycleException {
        database.update("""
                UPDATE alert_outbox SET delivered_at = ?, attempts = attempts + 1, last_failure = NULL
                WHERE id = ANY (?::bigint[])
                """, at, texts(ids));
    }

    @Override
    public void failed(Collection<Long> ids, String sentence, Instant nextTry, boolean maybeArrived)
            throws LifecycleException {
        database.update("""
                UPDATE alert_outbox
                SET attempts = attempts + 1, last_failure = ?, next_try = ?, claimed_until = NULL,
                    digest = CASE WHEN ? THEN digest END
                WHERE id = ANY (?::bigint[]) AND delivered_at IS NULL
                """, sentence, nextTry, maybeArrived, texts(ids));
    }

    @Override
    public void givenUp(Collection<Long> ids, String sentence) throws LifecycleException {
        database.update("""
                UPDATE alert_outbox SET attempts = attempts + 1, last_failure = ?, next_try = NULL, claimed_until = NULL
                WHERE id = ANY (?::bigint[]) AND delivered_at IS NULL
                """, sentence, texts(ids));
    }

    @Override
    public int countGivenUp() throws LifecycleException {
        return database.find("""
                        SELECT count(*)::int AS many FROM alert_outbox
                        WHERE delivered_at IS NULL AND superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL
                          AND next_try IS NULL
                        """, row -> row.integer("many")).orElse(0);
    }

    @Override
    public void retryNow(Instant now) throws LifecycleException {
        database.update("""
                UPDATE alert_outbox SET next_try = ?
                WHERE delivered_at IS NULL AND superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL
                """, now);
    }

    @Override
    public boolean acknowledge(long id, Instant at) throws LifecycleException {
        return database.inTransaction(() -> {
            database.update("""
                    UPDATE alert_outbox AS told SET acknowledged_at = ?
                    FROM alert_outbox AS chosen
                    WHERE chosen.id = ?
                      AND told.subject = chosen.subject AND told.thumbprint = chosen.thumbprint
                      AND told.kind = chosen.kind AND told.stage = chosen.stage
                      AND told.superseded_at IS NULL AND told.acknowledged_at IS NULL AND told.over_at IS NULL
                    """, at, id);
            return database.find("SELECT id FROM alert_outbox WHERE id = ?", row -> row.number("id"), id)
                    .isPresent();
        });
    }

    @Override
    public boolean isAcknowledged(AlertKey key) throws LifecycleException {
        return database.find("""
                        SELECT id FROM alert_outbox
                        WHERE subject = ? AND thumbprint = ? AND kind = ? AND stage = ? AND acknowledged_at IS NOT NULL
                        LIMIT 1
                        """, row -> row.number("id"), key.subject(), key.thumbprint(), key.kind(), key.stage())
                .isPresent();
    }

    @Override
    public void over(Collection<Long> ids, Instant at) throws LifecycleException {
        database.update("UPDATE alert_outbox SET over_at = ? WHERE id = ANY (?::bigint[])", at, texts(ids));
    }

    @Override
    public List<OutboxEntry> listOpen() throws LifecycleException {
        return database.list("SELECT " + COLUMNS + """
                        FROM alert_outbox
                        WHERE superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL
                          AND NOT (severity = 'NOTE' AND delivered_at IS NOT NULL)
                        ORDER BY array_position(ARRAY['CRITICAL', 'URGENT', 'WARNING', 'NOTE'], severity), noticed_at, id
                        """, PostgresAlertOutbox::entry);
    }

    @Override
    public List<OutboxEntry> listLasting(Set<AlertKind> kinds) throws LifecycleException {
        return database.list(
                "SELECT " + COLUMNS + """
                        FROM alert_outbox
                        WHERE kind = ANY (?) AND superseded_at IS NULL AND over_at IS NULL
                        ORDER BY id
                        """,
                PostgresAlertOutbox::entry,
                kinds.stream().map(AlertKind::name).toList());
    }

    @Override
    public List<OutboxEntry> listOpenAbout(String subject) throws LifecycleException {
        return database.list("SELECT " + COLUMNS + """
                        FROM alert_outbox
                        WHERE subject = ? AND superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL
                        ORDER BY id
                        """, PostgresAlertOutbox::entry, subject);
    }

    /** Of rows that are neither superseded nor over. */
    private static OutboxEntry entry(Row row) throws SQLException {
        Optional<Instant> delivered = row.findInstant("delivered_at");
        Optional<Instant> acknowledged = row.findInstant("acknowledged_at");
        boolean waits = delivered.isEmpty() && acknowledged.isEmpty();
        return new OutboxEntry(
                row.number("id"),
                alert(row),
                new Recipient(row.text("recipient")),
                row.findUuid("digest"),
                row.integer("attempts"),
                waits ? row.findInstant("next_try") : Optional.empty(),
                row.findText("last_failure"),
                delivered,
                acknowledged);
    }

    private static Alert alert(Row row) throws SQLException {
        AlertKey key = new AlertKey(
                row.text("subject"), row.text("thumbprint"), row.choice("kind", AlertKind.class), row.text("stage"));
        return new Alert(
                key,
                row.choice("severity", AlertSeverity.class),
                row.text("sentence"),
                row.text("what_happened"),
                row.text("what_next"),
                row.texts("commands"),
                row.instant("noticed_at"));
    }

    private static List<String> texts(Collection<Long> ids) {
        return ids.stream().map(id -> Long.toString(id)).toList();
    }
}
