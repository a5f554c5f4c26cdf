package io.certwright.store.postgres;

import io.certwright.binding.HostLock;
import io.certwright.binding.HostLocks;
import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One row per host. Every change compares the token, so that who lost the lock changes nothing. */
public final class PostgresHostLocks implements HostLocks {
    private final Database database;

    public PostgresHostLocks(Database database) {
        this.database = database;
    }

    @Override
    public Optional<HostLock> tryLock(HostName host, String holder, Instant now, Duration lease)
            throws LifecycleException {
        return database.find("""
                insert into host_lock as held (host, holder, token, held_until)
                values (?, ?, 1, ?)
                on conflict (host) do update
                    set holder = excluded.holder, token = held.token + 1, held_until = excluded.held_until
                    where held.held_until is null or held.held_until <= ?
                returning host, holder, token, held_until
                """, PostgresHostLocks::read, host.value(), holder, now.plus(lease), now);
    }

    @Override
    public Optional<HostLock> extend(HostLock lock, Instant now, Duration lease) throws LifecycleException {
        return database.find(
                """
                update host_lock set held_until = ?
                where host = ? and token = ? and held_until > ?
                returning host, holder, token, held_until
                """, PostgresHostLocks::read, now.plus(lease), lock.host().value(), lock.token(), now);
    }

    @Override
    public void release(HostLock lock) throws LifecycleException {
        database.update(
                "update host_lock set held_until = null where host = ? and token = ?",
                lock.host().value(),
                lock.token());
    }

    @Override
    public Optional<HostLock> find(HostName host, Instant now) throws LifecycleException {
        return database.find(
                "select host, holder, token, held_until from host_lock where host = ? and held_until > ?",
                PostgresHostLocks::read,
                host.value(),
                now);
    }

    private static HostLock read(Row row) throws SQLException {
        return new HostLock(
                new HostName(row.text("host")), row.text("holder"), row.number("token"), row.instant("held_until"));
    }
}
