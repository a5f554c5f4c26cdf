package io.certwright.store.postgres.embedded;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.DatabaseAddress;

/** The right to find the embedded server running. Closed once, by whoever was given it; the last one closed stops the server. */
public final class PostgresLease implements AutoCloseable {
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
    public synchronized DatabaseAddress address() {
        return address;
    }

    /** Starts the server again if it died, on the same port where that is free, and says where it listens now. */
    public synchronized DatabaseAddress revive() throws LifecycleException {
        address = postgres.ensureStillRunning();
        return address;
    }

    @Override
    public synchronized void close() throws LifecycleException {
        if (!closed) {
            closed = true;
            postgres.giveUp(lease);
        }
    }
}
