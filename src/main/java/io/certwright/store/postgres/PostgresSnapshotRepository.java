package io.certwright.store.postgres;

import io.certwright.binding.BindingName;
import io.certwright.binding.BindingSnapshot;
import io.certwright.binding.BoundState;
import io.certwright.binding.SnapshotRepository;
import io.certwright.crypto.ChainCodec;
import io.certwright.failure.LifecycleException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Snapshots as one table, whose key lets the first one stand. */
public final class PostgresSnapshotRepository implements SnapshotRepository {
    private static final String COLUMNS = "renewal_id, binding, chain, memento, reachable_before, taken_at";

    private final Database database;

    public PostgresSnapshotRepository(Database database) {
        this.database = database;
    }

    @Override
    public BindingSnapshot saveIfAbsent(BindingSnapshot snapshot) throws LifecycleException {
        database.update(
                """
                insert into binding_snapshot (renewal_id, binding, chain, memento, reachable_before, taken_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (renewal_id, binding) do nothing
                """,
                snapshot.renewal(),
                snapshot.binding().value(),
                snapshot.state().chain().map(ChainCodec::encode),
                snapshot.state().memento(),
                snapshot.reachableBefore(),
                snapshot.takenAt());
        return database.find(
                        "select " + COLUMNS + " from binding_snapshot where renewal_id = ? and binding = ?",
                        PostgresSnapshotRepository::read,
                        snapshot.renewal(),
                        snapshot.binding().value())
                .orElseThrow(() -> new IllegalStateException("a snapshot just stored is gone"));
    }

    @Override
    public void forget(UUID renewal) throws LifecycleException {
        database.update("delete from binding_snapshot where renewal_id = ?", renewal);
    }

    @Override
    public List<BindingSnapshot> list(UUID renewal) throws LifecycleException {
        return database.list(
                "select " + COLUMNS + " from binding_snapshot where renewal_id = ? order by binding",
                PostgresSnapshotRepository::read,
                renewal);
    }

    private static BindingSnapshot read(Row row) throws SQLException {
        BoundState state = new BoundState(row.findBytes("chain").map(ChainCodec::decode), row.text("memento"));
        return new BindingSnapshot(
                row.uuid("renewal_id"),
                new BindingName(row.text("binding")),
                state,
                row.flag("reachable_before"),
                row.instant("taken_at"));
    }
}
