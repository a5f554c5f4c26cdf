package io.certwright.store.postgres;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@link IssuerMemory} in the table {@code issuer_memory}. */
public final class PostgresIssuerMemory implements IssuerMemory {
    private final Database database;

    public PostgresIssuerMemory(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Remembered> find(IssuerName issuer, String kind, String key) throws LifecycleException {
        return database.find("""
                SELECT kind, key, value, at, version
                FROM issuer_memory
                WHERE issuer = ? AND kind = ? AND key = ?""", PostgresIssuerMemory::remembered, issuer.value(), kind, key);
    }

    @Override
    public List<IssuerName> listIssuers(String kind) throws LifecycleException {
        return database.list(
                "SELECT DISTINCT issuer FROM issuer_memory WHERE kind = ? ORDER BY issuer",
                row -> new IssuerName(row.text("issuer")),
                kind);
    }

    @Override
    public List<Remembered> list(IssuerName issuer, String kind) throws LifecycleException {
        return database.list("""
                SELECT kind, key, value, at, version
                FROM issuer_memory
                WHERE issuer = ? AND kind = ?
                ORDER BY at, key""", PostgresIssuerMemory::remembered, issuer.value(), kind);
    }

    @Override
    public Remembered remember(IssuerName issuer, Remembered fact) throws LifecycleException {
        int inserted =
                database.update("""
                INSERT INTO issuer_memory (issuer, kind, key, value, at, version)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", issuer.value(), fact.kind(), fact.key(), fact.value(), fact.at(), fact.version());
        return inserted == 1 ? fact : standing(issuer, fact);
    }

    private Remembered standing(IssuerName issuer, Remembered fact) throws LifecycleException {
        return find(issuer, fact.kind(), fact.key())
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.INTERNAL,
                        "ISSUER_MEMORY_LOST",
                        "issuer " + issuer + ": fact " + fact + " was there and is gone; nothing may delete facts"));
    }

    @Override
    public boolean replace(IssuerName issuer, Remembered next, long expectedVersion) throws LifecycleException {
        return database.update(
                        """
                        UPDATE issuer_memory
                        SET value = ?, at = ?, version = ?
                        WHERE issuer = ? AND kind = ? AND key = ? AND version = ?""",
                        next.value(),
                        next.at(),
                        next.version(),
                        issuer.value(),
                        next.kind(),
                        next.key(),
                        expectedVersion)
                == 1;
    }

    private static Remembered remembered(Row row) throws SQLException {
        return new Remembered(
                row.text("kind"), row.text("key"), row.bytes("value"), row.instant("at"), row.number("version"));
    }
}
