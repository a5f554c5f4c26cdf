package io.certwright.store.postgres.embedded;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.DatabaseAddress;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded PostgreSQL server of one folder. Several processes may use it at once, whoever started it: each holds a lease, and the
 * last one out stops it. A killed process loses its lease by itself; a server left over by killed processes is taken over by the next one,
 * after a login has proved that it is ours.
 */
public final class EmbeddedPostgres {
    private final EmbeddedSettings settings;
    private final Layout layout;
    private final Leases leases;
    private final Server server;
    private final StartLock lock;

    public EmbeddedPostgres(EmbeddedSettings settings) throws LifecycleException {
        this(settings, Platform.current(), Patience.real());
    }

    EmbeddedPostgres(EmbeddedSettings settings, Platform platform, Patience patience) {
        this.settings = settings;
        this.layout = new Layout(settings.folder());
        this.leases = new Leases(layout.leases(), ProcessHandle.current());
        this.server = new Server(settings, platform, new DataFolder(layout, SecureRandom::new), patience);
        this.lock = new StartLock(layout.lock(), settings.startLimit(), patience);
    }

    /** Makes sure that the server runs and stays until the lease is closed. Quick when it runs already; else it is set up and started. */
    public PostgresLease ensureRunning() throws LifecycleException {
        try {
            prepareFolder();
            return lock.holding(this::leaseRunning);
        } catch (IOException failure) {
            throw unusable(layout.folder(), failure);
        }
    }

    /** A lease where the server runs for somebody else; empty, and nothing changed, where it would have to be started or proved. */
    public Optional<PostgresLease> findRunning() throws LifecycleException {
        if (Files.notExists(layout.run())) {
            return Optional.empty();
        }
        try {
            requireOwnFolder();
            return lock.holding(() -> leases.anyHeld() ? leaseFound() : Optional.empty());
        } catch (IOException failure) {
            throw unusable(layout.folder(), failure);
        }
    }

    private Optional<PostgresLease> leaseFound() throws IOException, LifecycleException {
        Optional<Integer> port = server.findPort();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        DatabaseAddress address = server.address(port.get());
        return Optional.of(new PostgresLease(this, leases.take(), address));
    }

    private PostgresLease leaseRunning() throws IOException, LifecycleException {
        boolean inUse = leases.anyHeld();
        Leases.Lease lease = leases.take();
        boolean up = false;
        try {
            PostgresLease running = new PostgresLease(this, lease, ensureUp(inUse));
            up = true;
            return running;
        } finally {
            if (!up) {
                lease.release();
            }
        }
    }

    private DatabaseAddress ensureUp(boolean inUse) throws IOException, LifecycleException {
        Optional<Integer> running = server.findPort();
        if (running.isPresent()) {
            // Whoever holds the other lease has logged in; this process will when it connects.
            return inUse ? server.address(running.get()) : server.requireLogin(running.get());
        }
        log().debug("starting PostgreSQL in {}", layout.folder());
        int port = server.start();
        try {
            return server.requireLogin(port);
        } catch (LifecycleException failure) {
            // Nobody would stop it: who cannot log in gets no lease.
            server.stop();
            throw failure;
        }
    }

    /** Bytes that may still be written to the disk of the folder; a server with none left stops at its next commit. */
    public long freeBytes() throws LifecycleException {
        try {
            return Files.getFileStore(layout.folder()).getUsableSpace();
        } catch (IOException failure) {
            throw unusable(layout.folder(), failure);
        }
    }

    /** Starts the server again if it died under a lease. */
    DatabaseAddress ensureStillRunning() throws LifecycleException {
        try {
            return lock.holding(() -> ensureUp(false));
        } catch (IOException failure) {
            throw unusable(layout.folder(), failure);
        }
    }

    void giveUp(Leases.Lease lease) throws LifecycleException {
        try {
            lock.holding(() -> {
                lease.release();
                if (!settings.keepRunning() && !leases.anyHeld()) {
                    server.stop();
                }
                return lease;
            });
        } catch (IOException failure) {
            throw unusable(layout.folder(), failure);
        }
    }

    private void prepareFolder() throws IOException, LifecycleException {
        OwnerOnly.ensureFolder(layout.folder());
        requireOwnFolder();
        OwnerOnly.ensureFolder(layout.run());
    }

    /** A server runs as whom its files belong to; one user's command on another's folder would leave files that neither can use. */
    private void requireOwnFolder() throws IOException, LifecycleException {
        if (!layout.folder().getFileSystem().supportedFileAttributeViews().contains("unix")
                || !Files.exists(Path.of("/proc/self"))) {
            return;
        }
        Object owner = Files.getAttribute(layout.folder(), "unix:uid");
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            String name = Files.getOwner(layout.folder()).getName();
            throw new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "EMBEDDED_PERMISSION",
                    "embedded PostgreSQL: " + layout.folder() + " belongs to the user " + name
                            + ", and this process runs as " + System.getProperty("user.name") + "; run it as " + name);
        }
    }

    static LifecycleException unusable(Path folder, IOException failure) {
        String told = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            return new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "EMBEDDED_PERMISSION",
                    "embedded PostgreSQL: this user may not write " + told + "; give " + folder
                            + " and all in it to the user that Certwright runs as",
                    failure);
        }
        if (failure instanceof FileAlreadyExistsException) {
            return new LifecycleException(
                    FailureKind.REFUSED,
                    "EMBEDDED_FOLDER",
                    "embedded PostgreSQL: " + told
                            + " is a file, wanted a folder; name another one by database.embedded",
                    failure);
        }
        StartFailure known = StartFailure.of(told);
        return known == StartFailure.DISK_FULL || known == StartFailure.NO_NAMESPACES
                ? known.on(folder, told)
                : new LifecycleException(
                        FailureKind.INTERNAL,
                        "EMBEDDED_FOLDER",
                        "embedded PostgreSQL: its folder " + folder + " cannot be used: " + told
                                + "; check the disk and the permissions",
                        failure);
    }

    /** No constant: a command that logs nothing never loads the logging library. */
    private static Logger log() {
        return LoggerFactory.getLogger(EmbeddedPostgres.class);
    }
}
