package io.certwright.store.postgres;

import io.certwright.alert.Pulses;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Optional;

/** The last look, in a table of one row. */
public final class PostgresPulses implements Pulses {
    private final Database database;

    public PostgresPulses(Database database) {
        this.database = database;
    }

    @Override
    public void beat(Instant at) throws LifecycleException {
        database.update("""
                INSERT INTO pulse (id, last_pass) VALUES (true, ?)
                ON CONFLICT (id) DO UPDATE SET last_pass = excluded.last_pass
                """, at);
    }

    @Override
    public Optional<Instant> findLast() throws LifecycleException {
        return database.find("SELECT last_pass FROM pulse", row -> row.instant("last_pass"));
    }
}
