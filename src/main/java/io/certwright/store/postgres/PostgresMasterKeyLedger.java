package io.certwright.store.postgres;

import io.certwright.crypto.MasterKeyLedger;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Set;

/** Which master keys were replaced, as rows. */
public final class PostgresMasterKeyLedger implements MasterKeyLedger {
    /** Any number that no other advisory lock of this schema has. */
    private static final long ROTATION = 7_017_017L;

    private final Database database;

    public PostgresMasterKeyLedger(Database database) {
        this.database = database;
    }

    @Override
    public <T> T exclusively(Work<T> work) throws LifecycleException {
        return database.inTransaction(() -> {
            database.list("select pg_advisory_xact_lock(?)", row -> true, ROTATION);
            return work.run();
        });
    }

    /** Waits for whoever stores a sealed key at this moment, so that none slips in behind the last look. */
    @Override
    public void retire(String masterKeyId, Instant at) throws LifecycleException {
        database.update("lock table sealed_key in share row exclusive mode");
        long left = database.find(
                        "select count(*) as n from sealed_key where master_key_id = ?",
                        row -> row.number("n"),
                        masterKeyId)
                .orElse(0L);
        if (left > 0) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "MASTER_KEY_IN_USE",
                    "master key " + masterKeyId + ": another process sealed " + left
                            + " keys under it in the meantime; run \"certwright key rotate\" again");
        }
        database.update(
                "insert into retired_master_key (id, retired_at) values (?, ?) on conflict (id) do nothing",
                masterKeyId,
                at);
    }

    @Override
    public Set<String> retired() throws LifecycleException {
        return Set.copyOf(database.list("select id from retired_master_key", row -> row.text("id")));
    }
}
