package io.certwright.store.postgres;

import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusSwitch;
import io.certwright.wsus.WsusSwitches;
import java.sql.SQLException;
import java.util.Optional;

/** The switches of WSUS servers as one row each; a new one takes the place of one that was undone. */
public final class PostgresWsusSwitches implements WsusSwitches {
    private final Database database;

    public PostgresWsusSwitches(Database database) {
        this.database = database;
    }

    @Override
    public Optional<WsusSwitch> find(HostName host) throws LifecycleException {
        return database.find("select * from wsus_switch where host = ?", PostgresWsusSwitches::read, host.value());
    }

    @Override
    public WsusSwitch ensureBegun(WsusSwitch begun) throws LifecycleException {
        database.update("""
                insert into wsus_switch (host, memento, binding, began_at)
                values (?, ?, ?, ?)
                on conflict (host) do update
                   set memento = excluded.memento,
                       binding = excluded.binding,
                       began_at = excluded.began_at,
                       stepping_since = null,
                       good_before = '',
                       done_at = null,
                       undone_at = null
                 where wsus_switch.undone_at is not null
                """, begun.host().value(), begun.memento(), begun.binding(), begun.beganAt());
        return find(begun.host()).orElseThrow(() -> new IllegalStateException("a switch just stored is gone"));
    }

    @Override
    public void update(WsusSwitch next) throws LifecycleException {
        database.update(
                "update wsus_switch set stepping_since = ?, good_before = ?, done_at = ?, undone_at = ? where host = ?",
                next.steppingSince(),
                next.goodBefore(),
                next.doneAt(),
                next.undoneAt(),
                next.host().value());
    }

    private static WsusSwitch read(Row row) throws SQLException {
        return new WsusSwitch(
                new HostName(row.text("host")),
                row.text("memento"),
                row.text("binding"),
                row.instant("began_at"),
                row.findInstant("stepping_since"),
                row.text("good_before"),
                row.findInstant("done_at"),
                row.findInstant("undone_at"));
    }
}
