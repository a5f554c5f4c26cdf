package io.certwright.store.postgres;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the schema to the state that this Certwright needs, by the files in {@code sql/}. Many processes may ask at once; one
 * migrates, the others wait for it.
 */
public final class Migrations {
    /** The schema all tables live in; every connection has it as its search path. */
    public static final String SCHEMA = "certwright";

    static final int OLDEST_SERVER = 14;

    /**
     * The versions of the files in {@code sql/}, as the history has them: written down, since to find them a short command would go
     * through the table of contents of the program. A test holds both together.
     */
    static final Set<Integer> VERSIONS = Set.of(10, 15, 16, 17, 18, 20, 30, 40, 50, 51, 52, 55, 60, 70, 75, 76, 90, 95);

    private static final String HISTORY = "schema_history";

    /** Building an index on a large table takes longer than any query may. */
    private static final DatabaseLimits LIMITS = new DatabaseLimits(
            Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(2));

    private final Database database;
    private final DriverConnections source;

    public Migrations(Database database) {
        this.database = database;
        this.source = new DriverConnections(database.address(), LIMITS);
    }

    /** Migrates if anything is missing. When nothing is, this is two small queries and loads no migration tool. */
    public void ensureCurrent() throws LifecycleException {
        if (isCurrent()) {
            return;
        }
        requireSupportedServer();
        try {
            flyway().load().migrate();
        } catch (FlywayException failure) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "DATABASE_MIGRATION",
                    "database " + database.address() + ": its schema cannot be brought up to date: "
                            + String.valueOf(failure.getMessage())
                                    .replaceAll("\\s+", " ")
                                    .strip(),
                    failure);
        }
    }

    /** Whether every migration file of this Certwright is in the database's history. Refuses a schema that is newer than we are. */
    public boolean isCurrent() throws LifecycleException {
        if (!hasHistory()) {
            return false;
        }
        Set<Integer> applied = applied();
        Set<Integer> unknown = new TreeSet<>(applied);
        unknown.removeAll(VERSIONS);
        if (!unknown.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "DATABASE_NEWER",
                    "database " + database.address() + ": its schema has the migrations " + join(unknown)
                            + ", which this Certwright does not know; install the newer Certwright that made them");
        }
        return applied.equals(VERSIONS);
    }

    private boolean hasHistory() throws LifecycleException {
        return database.find(
                        "SELECT to_regclass(?) IS NOT NULL AS exists",
                        row -> row.flag("exists"),
                        SCHEMA + "." + HISTORY)
                .orElse(false);
    }

    private Set<Integer> applied() throws LifecycleException {
        return Set.copyOf(database.list("""
                SELECT version::int AS version
                FROM schema_history
                WHERE success AND version IS NOT NULL""", row -> row.integer("version")));
    }

    private void requireSupportedServer() throws LifecycleException {
        try (Connection connection = source.getConnection()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST_SERVER) {
                throw new LifecycleException(
                        FailureKind.REFUSED,
                        "DATABASE_TOO_OLD",
                        "database " + database.address() + ": got PostgreSQL " + major + ", wanted " + OLDEST_SERVER
                                + " or newer; update the server or use the embedded one");
            }
        } catch (SQLException failure) {
            throw SqlFailure.of("connection", database.address().toString(), failure);
        }
    }

    private FluentConfiguration flyway() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:sql")
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .table(HISTORY)
                // Each room has its own range of numbers, so a later file may have a lower number than one already
                // applied.
                .outOfOrder(true);
    }

    private static String join(Set<Integer> versions) {
        return versions.stream().map(version -> "V%03d".formatted(version)).collect(Collectors.joining(", "));
    }
}
