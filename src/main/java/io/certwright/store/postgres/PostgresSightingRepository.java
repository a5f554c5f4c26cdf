package io.certwright.store.postgres;

import io.certwright.crypto.ChainCodec;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.watch.Sighting;
import io.certwright.lifecycle.watch.SightingRepository;
import java.util.Optional;

/** One row a target. */
public final class PostgresSightingRepository implements SightingRepository {
    private final Database database;

    public PostgresSightingRepository(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Sighting> find(String subject) throws LifecycleException {
        return database.find(
                "SELECT chain, seen_at FROM watch_sighting WHERE subject = ?",
                row -> new Sighting(subject, ChainCodec.decode(row.bytes("chain")), row.instant("seen_at")),
                subject);
    }

    @Override
    public void record(Sighting sighting) throws LifecycleException {
        database.update("""
                INSERT INTO watch_sighting (subject, chain, seen_at) VALUES (?, ?, ?)
                ON CONFLICT (subject) DO UPDATE SET chain = excluded.chain, seen_at = excluded.seen_at
                """, sighting.subject(), ChainCodec.encode(sighting.chain()), sighting.at());
    }
}
