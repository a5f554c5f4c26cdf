package io.certwright.store.postgres.embedded;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.DatabaseAddress;
import io.certwright.store.postgres.DatabaseLocation;
import java.util.Optional;

/** The right to find the embedded server running. Closed once, by whoever was given it; the last one closed stops the server. */
public final class PostgresLease implements DatabaseLocation, AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Leases.Lease lease;
    private DatabaseAddress address;
    private boolean closed;

    PostgresLease(EmbeddedPostgres postgres, Leases.Lease lease, DatabaseAddress address) {
        this.postgres = postgres;
        this.lease = lease;
        this.address = address;
    }

    /** Where the server listens. */
    @Override
    public synchronized DatabaseAddress address() {
        return address;
    }

    /** Starts the server again if it died, on the same port where that is free. Does nothing once the lease is closed. */
    @Override
    public synchronized Optional<DatabaseAddress> revive() throws LifecycleException {
        if (closed) {
            return Optional.empty();
        }
        address = postgres.ensureStillRunning();
        return Optional.of(address);
    }

    @Override
    public synchronized void close() throws LifecycleException {
        if (!closed) {
            closed = true;
            postgres.giveUp(lease);
        }
    }
}
