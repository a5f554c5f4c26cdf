package io.certwright.app;

import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Pulses;
import io.certwright.app.settings.DatabaseChoice;
import io.certwright.audit.Actor;
import io.certwright.audit.AuditTrail;
import io.certwright.binding.HostLocks;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ProcessLocks;
import io.certwright.crypto.MasterKeyLedger;
import io.certwright.crypto.SealedStock;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.MasterKeyFile;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.Looks;
import io.certwright.lifecycle.Transactions;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Inventory;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.watch.SightingRepository;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.store.postgres.DatabaseLocation;
import io.certwright.store.postgres.Migrations;
import io.certwright.store.postgres.PostgresAlertOutbox;
import io.certwright.store.postgres.PostgresAuditTrail;
import io.certwright.store.postgres.PostgresCertificateRepository;
import io.certwright.store.postgres.PostgresHostLocks;
import io.certwright.store.postgres.PostgresInventory;
import io.certwright.store.postgres.PostgresIssuerMemory;
import io.certwright.store.postgres.PostgresListenerAssignments;
import io.certwright.store.postgres.PostgresLooks;
import io.certwright.store.postgres.PostgresMasterKeyLedger;
import io.certwright.store.postgres.PostgresPulses;
import io.certwright.store.postgres.PostgresRenewalRepository;
import io.certwright.store.postgres.PostgresSealedStock;
import io.certwright.store.postgres.PostgresSightingRepository;
import io.certwright.store.postgres.PostgresSnapshotRepository;
import io.certwright.store.postgres.PostgresTrustRepository;
import io.certwright.store.postgres.PostgresWsusSwitches;
import io.certwright.store.postgres.embedded.EmbeddedPostgres;
import io.certwright.store.postgres.embedded.EmbeddedSettings;
import io.certwright.store.postgres.embedded.PostgresLease;
import io.certwright.trust.TrustRepository;
import io.certwright.wsus.WsusSwitches;
import java.time.Clock;
import java.util.Optional;

/** The database with everything that is kept in it, its schema current; and the lease on the embedded server, if it is that. */
final class Stored implements AutoCloseable {
    /** Stories run in parallel so that their commits share a flush; more would only queue on two cores. */
    private static final int CONNECTIONS_OF_A_SERVICE = 20;

    private final Database database;
    private final Optional<PostgresLease> lease;
    private Inventory inventory;

    private Stored(Database database, Optional<PostgresLease> lease) {
        this.database = database;
        this.lease = lease;
        this.inventory = new PostgresInventory(database);
    }

    static Stored open(DatabaseChoice choice, boolean pooled) throws LifecycleException {
        if (choice instanceof DatabaseChoice.External external) {
            return connected(external.address(), Optional.empty(), pooled);
        }
        DatabaseChoice.Embedded embedded = (DatabaseChoice.Embedded) choice;
        PostgresLease lease = new EmbeddedPostgres(EmbeddedSettings.in(embedded.folder())).ensureRunning();
        boolean connected = false;
        try {
            Stored stored = connected(lease, Optional.of(lease), pooled);
            connected = true;
            return stored;
        } finally {
            if (!connected) {
                lease.close();
            }
        }
    }

    /**
     * As {@link #open} for a short command, where that changes nothing: the server runs and its schema is current. Empty where it does
     * not, or where anything is wrong: {@link #open} then says what.
     */
    static Optional<Stored> find(DatabaseChoice choice) {
        try {
            if (choice instanceof DatabaseChoice.External external) {
                return current(external.address(), Optional.empty());
            }
            DatabaseChoice.Embedded embedded = (DatabaseChoice.Embedded) choice;
            Optional<PostgresLease> lease = new EmbeddedPostgres(EmbeddedSettings.in(embedded.folder())).findRunning();
            return lease.isPresent() ? current(lease.get(), lease) : Optional.empty();
        } catch (LifecycleException unavailable) {
            return Optional.empty();
        }
    }

    private static Optional<Stored> current(DatabaseLocation location, Optional<PostgresLease> lease)
            throws LifecycleException {
        Stored stored = new Stored(Database.single(location, DatabaseLimits.standard()), lease);
        boolean current = false;
        try {
            current = new Migrations(stored.database).isCurrent();
            return current ? Optional.of(stored) : Optional.empty();
        } finally {
            if (!current) {
                stored.close();
            }
        }
    }

    private static Stored connected(DatabaseLocation location, Optional<PostgresLease> lease, boolean pooled)
            throws LifecycleException {
        DatabaseLimits limits = DatabaseLimits.standard();
        Database database = pooled
                ? Database.pooled(location, limits, CONNECTIONS_OF_A_SERVICE)
                : Database.single(location, limits);
        boolean current = false;
        try {
            new Migrations(database).ensureCurrent();
            current = true;
            return new Stored(database, lease);
        } finally {
            if (!current) {
                database.close();
            }
        }
    }

    Database database() {
        return database;
    }

    boolean isEmbedded() {
        return lease.isPresent();
    }

    CertificateRepository certificates() {
        return new PostgresCertificateRepository(database);
    }

    Inventory inventory() {
        return inventory;
    }

    /** Reads the page that will be asked for first. */
    void readAhead(PageAhead.Wish page) {
        inventory = PageAhead.reading(inventory, page);
    }

    IssuerMemory issuerMemory() {
        return new PostgresIssuerMemory(database);
    }

    SealedStock sealedStock() {
        return new PostgresSealedStock(database);
    }

    MasterKeyLedger masterKeyLedger() {
        return new PostgresMasterKeyLedger(database);
    }

    ListenerAssignments assignments() {
        return new PostgresListenerAssignments(database);
    }

    AlertOutbox outbox() {
        return new PostgresAlertOutbox(database);
    }

    Pulses pulses() {
        return new PostgresPulses(database);
    }

    SightingRepository sightings() {
        return new PostgresSightingRepository(database);
    }

    Looks looks() {
        return new PostgresLooks(database);
    }

    /** Whether the loss of the master key would lose anything: then a new one is not made silently. */
    MasterKeyFile.SealedAlready sealed() {
        return () -> database.find(
                        "select exists (select from sealed_key) or exists (select from issuer_memory) as any",
                        row -> row.flag("any"))
                .orElse(false);
    }

    Transactions transactions() {
        return new Joined(database);
    }

    RenewalRepository renewals() {
        return new PostgresRenewalRepository(database);
    }

    /** In the name of this process, so that one that is killed leaves none behind on its machine. */
    HostLocks hostLocks(String machine) {
        return ProcessLocks.ofThisProcess(new PostgresHostLocks(database), machine);
    }

    WsusSwitches wsusSwitches() {
        return new PostgresWsusSwitches(database);
    }

    TrustRepository trust() {
        return new PostgresTrustRepository(database);
    }

    AuditTrail audit(Actor actor, Clock clock) {
        return new PostgresAuditTrail(database, actor, clock);
    }

    LifecyclePorts.Repositories repositories(HostLocks hostLocks, AlertOutbox outbox, AuditTrail audit) {
        return new LifecyclePorts.Repositories(
                transactions(),
                renewals(),
                certificates(),
                new PostgresSnapshotRepository(database),
                hostLocks,
                trust(),
                outbox,
                looks(),
                audit);
    }

    /** The database's transactions as the story wants them. */
    private record Joined(Database database) implements Transactions {
        @Override
        public <T> T inOne(Work<T> work) throws LifecycleException {
            return database.inTransaction(work::run);
        }
    }

    @Override
    public void close() {
        database.close();
        lease.ifPresent(Closing::quietly);
    }
}
