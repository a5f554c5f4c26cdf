package io.certwright.testing;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseAddress;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.store.postgres.Migrations;
import io.certwright.store.postgres.embedded.EmbeddedPostgres;
import io.certwright.store.postgres.embedded.EmbeddedSettings;
import io.certwright.store.postgres.embedded.PostgresLease;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated database of its own on the real embedded server, one server for the whole test run. As a static field of a test class with
 * {@code @RegisterExtension} it lives as long as the class; by {@link #open()} and {@link #close()} as long as one likes.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase DATABASE = new TestDatabase();
 *
 * @BeforeEach
 * void empty() throws LifecycleException {
 *     DATABASE.empty();
 * }
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int TRIES = 5;

    private final String name = "test_" + ProcessHandle.current().pid() + "_"
            + UUID.randomUUID().toString().substring(0, 8);
    private Database database;

    /** Outside of JUnit's life cycle: an open database, to be closed by the caller. */
    public static TestDatabase open() throws LifecycleException {
        TestDatabase test = new TestDatabase();
        test.create();
        return test;
    }

    public Database database() {
        return database;
    }

    /** For another process or another {@link Database} on the same data. */
    public DatabaseAddress address() {
        return database.address();
    }

    /**
     * Empties every table; the schema stays. A scheduler that was shut down may still be at its last look at the cluster, which it
     * does not wait for: where the two lock each other, the server ends one of them, and what was ended here is done again.
     */
    public void empty() throws LifecycleException {
        for (int tries = 1; true; tries++) {
            try {
                truncate();
                return;
            } catch (LifecycleException failure) {
                if (tries == TRIES || !failure.code().equals("DATABASE_CONTENTION")) {
                    throw failure;
                }
            }
        }
    }

    private void truncate() throws LifecycleException {
        List<String> tables = database.list("""
                SELECT format('%I.%I', schemaname, tablename) AS name
                FROM pg_tables
                WHERE schemaname = 'certwright' AND tablename <> 'schema_history'""", row -> row.text("name"));
        if (!tables.isEmpty()) {
            database.update("TRUNCATE " + String.join(", ", tables) + " RESTART IDENTITY CASCADE");
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws LifecycleException {
        Shared.hurry();
        create();
    }

    @Override
    public void afterAll(ExtensionContext context) throws LifecycleException {
        close();
    }

    private void create() throws LifecycleException {
        Shared.server().update("CREATE DATABASE " + name);
        database =
                Database.pooled(Shared.server().address().withDatabase(name), DatabaseLimits.standard(), CONNECTIONS);
        new Migrations(database).ensureCurrent();
    }

    @Override
    public void close() throws LifecycleException {
        database.close();
        Shared.server().update("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    /** The server of this test run. Kept in the build folder, so that the next run finds it set up; stopped when the JVM ends. */
    private static final class Shared {
        private static Database maintenance;
        private static boolean waitsForDisk;

        static synchronized Database server() throws LifecycleException {
            if (maintenance == null) {
                Path folder = Path.of("target", "test-postgres");
                PostgresLease lease = new EmbeddedPostgres(EmbeddedSettings.in(folder)).ensureRunning();
                maintenance = Database.single(lease.address(), DatabaseLimits.standard());
                waitForDisk(true);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(lease)));
                dropLeftovers();
            }
            return maintenance;
        }

        /** What no test can lose, since this server is never killed, need not wait for the disk; a measurement does. */
        static synchronized void hurry() throws LifecycleException {
            server();
            if (waitsForDisk) {
                waitForDisk(false);
            }
        }

        private static void waitForDisk(boolean wait) throws LifecycleException {
            maintenance.update("ALTER SYSTEM " + (wait ? "RESET fsync" : "SET fsync = off"));
            maintenance.list("SELECT pg_reload_conf()", row -> true);
            waitsForDisk = wait;
        }

        /** Of test runs that were killed. */
        private static void dropLeftovers() throws LifecycleException {
            List<String> names = maintenance.list(
                    "SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'", row -> row.text("name"));
            for (String name : names) {
                long pid = Long.parseLong(name.replaceAll("test_([0-9]+)_.*", "$1"));
                if (ProcessHandle.of(pid).isEmpty()) {
                    maintenance.update("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
                }
            }
        }

        private static void stop(PostgresLease lease) {
            try {
                maintenance.close();
                lease.close();
            } catch (LifecycleException failure) {
                throw new IllegalStateException("the test server did not stop: " + failure.getMessage(), failure);
            }
        }
    }
}
