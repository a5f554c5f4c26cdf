package io.certwright.store.postgres;

import io.certwright.audit.Actor;
import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditEntry;
import io.certwright.audit.AuditTrail;
import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The entries as rows; the schema refuses to change one. */
public final class PostgresAuditTrail implements AuditTrail {
    /** Any number that no other advisory lock of this schema has: who appends waits for who appends. */
    private static final long APPENDING = 7_070_001L;

    private static final int LONGEST = 2_000;
    private static final String SELECT =
            "select number, at, person, host, act, subject, details, hash from audit_entry ";

    private final Database database;
    private final Actor actor;
    private final Clock clock;

    public PostgresAuditTrail(Database database, Actor actor, Clock clock) {
        this.database = database;
        this.actor = actor;
        this.clock = clock;
    }

    @Override
    public void record(AuditAct act, String subject, String details) throws LifecycleException {
        database.inTransaction(() -> {
            database.list("select pg_advisory_xact_lock(?)", row -> true, APPENDING);
            Optional<AuditEntry> last = listNewest(1).stream().findFirst();
            // No finer than the store keeps, or the hash would not fit what is read again.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            append(AuditEntry.after(
                    last.map(AuditEntry::number).orElse(0L),
                    last.map(AuditEntry::hash).orElse(AuditEntry.BEGINNING),
                    now,
                    actor,
                    act,
                    Printable.escape(subject, LONGEST),
                    Printable.escape(details, LONGEST)));
            return now;
        });
    }

    private void append(AuditEntry entry) throws LifecycleException {
        database.update(
                "insert into audit_entry (number, at, person, host, act, subject, details, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
                entry.number(),
                entry.at(),
                entry.actor().person(),
                entry.actor().host(),
                entry.act(),
                entry.subject(),
                entry.details(),
                entry.hash());
    }

    @Override
    public List<AuditEntry> listNewest(int limit) throws LifecycleException {
        return database.list(SELECT + "order by number desc limit ?", PostgresAuditTrail::read, limit);
    }

    @Override
    public List<AuditEntry> listAfter(long number, int limit) throws LifecycleException {
        return database.list(
                SELECT + "where number > ? order by number limit ?", PostgresAuditTrail::read, number, limit);
    }

    private static AuditEntry read(Row row) throws SQLException {
        return new AuditEntry(
                row.number("number"),
                row.instant("at"),
                new Actor(row.text("person"), row.text("host")),
                row.choice("act", AuditAct.class),
                row.text("subject"),
                row.text("details"),
                row.text("hash"));
    }
}
