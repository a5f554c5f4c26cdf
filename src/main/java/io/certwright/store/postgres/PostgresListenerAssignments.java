package io.certwright.store.postgres;

import io.certwright.binding.Assignment;
import io.certwright.binding.ListenerAssignments;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** One row per listener that has something to serve. */
public final class PostgresListenerAssignments implements ListenerAssignments {
    private final Database database;

    public PostgresListenerAssignments(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Assignment> find(String listener) throws LifecycleException {
        return database.find(
                "select listener, certificate_sha256, assigned_at from listener_assignment where listener = ?",
                row -> new Assignment(
                        row.text("listener"),
                        new Sha256Fingerprint(row.text("certificate_sha256")),
                        row.instant("assigned_at")),
                listener);
    }

    @Override
    public void assign(Assignment assignment) throws LifecycleException {
        database.update("""
                insert into listener_assignment (listener, certificate_sha256, assigned_at)
                values (?, ?, ?)
                on conflict (listener) do update
                    set certificate_sha256 = excluded.certificate_sha256, assigned_at = excluded.assigned_at
                """, assignment.listener(), assignment.certificate().hex(), assignment.at());
    }

    @Override
    public void clear(String listener) throws LifecycleException {
        database.update("delete from listener_assignment where listener = ?", listener);
    }
}
