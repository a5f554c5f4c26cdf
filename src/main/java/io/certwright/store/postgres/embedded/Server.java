package io.certwright.store.postgres.embedded;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseAddress;
import io.certwright.store.postgres.DatabaseLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one server of a folder: found, started, stopped. Every method is called under the {@link StartLock}. */
final class Server {
    static final String USER = "certwright";
    static final String DATABASE = "postgres";

    private final EmbeddedSettings settings;
    private final Layout layout;
    private final Platform platform;
    private final DataFolder data;
    private final Patience patience;

    Server(EmbeddedSettings settings, Platform platform, DataFolder data, Patience patience) {
        this.settings = settings;
        this.layout = new Layout(settings.folder());
        this.platform = platform;
        this.data = data;
        this.patience = patience;
    }

    /** Its port, when it runs and takes logins; a server that is just starting or stopping is waited for. */
    Optional<Integer> findPort() throws IOException, LifecycleException {
        patience.await(settings.startLimit(), () -> {
            Optional<PostmasterFile> claim = claim();
            return claim.isEmpty() || claim.get().isReady();
        });
        Optional<PostmasterFile> claim = claim();
        if (claim.isPresent() && !claim.get().isReady()) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "EMBEDDED_TIMEOUT",
                    "embedded PostgreSQL in " + layout.folder() + ": process "
                            + claim.get().pid() + " is "
                            + Printable.quote(claim.get().status()) + " and not ready after "
                            + settings.startLimit().toSeconds() + " s; see its log in " + layout.logs()
                            + ", or end it");
        }
        return claim.map(PostmasterFile::port);
    }

    private Optional<PostmasterFile> claim() throws LifecycleException {
        try {
            return PostmasterFile.find(layout.data()).filter(claim -> claim.isOf(layout.data()));
        } catch (IOException failure) {
            throw EmbeddedPostgres.unusable(layout.folder(), failure);
        }
    }

    /** Starts it, and gives the port it then listens on. */
    int start() throws IOException, LifecycleException {
        Path binaries = new PostgresBinaries(layout.folder(), platform).ensureUnpacked();
        PostgresTools tools = new PostgresTools(binaries, platform, layout);
        data.ensureInitialized(tools, settings.startLimit());
        // Again while it is a matter of time: a port just taken, or children of a killed server that still finish their
        // query.
        Patience.Deadline deadline = patience.within(settings.startLimit());
        while (true) {
            Optional<Integer> port = findPort();
            if (port.isPresent()) {
                return port.get();
            }
            disownRemnant();
            Optional<LifecycleException> failure = tryStart(tools, freePort());
            if (failure.isPresent() && (!failure.get().kind().isOutOfReach() || !deadline.leavesTime())) {
                throw failure.get();
            }
        }
    }

    private void disownRemnant() throws IOException, LifecycleException {
        Optional<PostmasterFile> remnant = PostmasterFile.find(layout.data());
        if (remnant.isPresent()) {
            log().info(
                            "found what a killed PostgreSQL left behind, process {}",
                            remnant.get().pid());
            remnant.get().disown(layout.data());
        }
    }

    private Optional<LifecycleException> tryStart(PostgresTools tools, int port)
            throws IOException, LifecycleException {
        ServerConfiguration.write(layout, port);
        OwnerOnly.ensureFolder(layout.logs());
        ServerLog log = ServerLog.begin(layout);
        PostgresTools.Outcome outcome = tools.start(settings.startLimit());
        if (outcome.succeeded()) {
            OwnerOnly.write(layout.port(), Integer.toString(port));
            return Optional.empty();
        }
        String said = outcome.output() + "\n" + log.since();
        return Optional.of(StartFailure.of(said).on(layout.folder(), said));
    }

    private int freePort() throws IOException {
        if (Files.exists(layout.port())) {
            String last = Files.readString(layout.port()).strip();
            if (last.matches("[0-9]{1,5}") && isFree(Integer.parseInt(last))) {
                return Integer.parseInt(last);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    /** Proves that the server on this port is ours: it knows our password, and by SCRAM proves so before it learns it. */
    DatabaseAddress requireLogin(int port) throws IOException, LifecycleException {
        DatabaseAddress address = address(port);
        try (Database database = Database.single(address, DatabaseLimits.standard())) {
            database.find("SELECT 1 AS one", row -> row.integer("one"));
        } catch (LifecycleException failure) {
            if (failure.kind() == FailureKind.UNAUTHORIZED) {
                throw new LifecycleException(
                        FailureKind.UNAUTHORIZED,
                        "EMBEDDED_PASSWORD",
                        "embedded PostgreSQL: the password in " + layout.password() + " does not open the data in "
                                + layout.data() + "; put back the password file that belongs to it",
                        failure);
            }
            throw failure;
        }
        return address;
    }

    DatabaseAddress address(int port) throws IOException, LifecycleException {
        return DatabaseAddress.loopback(port, DATABASE, USER, data.password());
    }

    /** Stops it in order, or harder when that takes too long; committed work is safe either way. */
    void stop() throws IOException, LifecycleException {
        if (claim().isEmpty()) {
            return;
        }
        Path binaries = new PostgresBinaries(layout.folder(), platform).ensureUnpacked();
        PostgresTools tools = new PostgresTools(binaries, platform, layout);
        if (!tools.stop("fast", settings.stopLimit()).succeeded() && claim().isPresent()) {
            log().warn(
                            "PostgreSQL in {} did not stop within {} s, ending it at once",
                            layout.folder(),
                            settings.stopLimit().toSeconds());
            tools.stop("immediate", settings.stopLimit());
        }
    }

    /** No constant: a command that logs nothing never loads the logging library. */
    private static Logger log() {
        return LoggerFactory.getLogger(Server.class);
    }
}
