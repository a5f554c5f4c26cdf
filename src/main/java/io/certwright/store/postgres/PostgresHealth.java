package io.certwright.store.postgres;

import io.certwright.failure.LifecycleException;

/**
 * How the database is, asked of the server itself.
 *
 * @param version as the server calls it: {@code 17.11}
 * @param bytes what this database takes on its disk
 * @param connections how many clients are connected to the server, this one included
 * @param connectionLimit how many may be
 */
public record PostgresHealth(String version, long bytes, int connections, int connectionLimit) {
    /** Fails as any query does: {@code DATABASE_UNREACHABLE} and the like. */
    public static PostgresHealth of(Database database) throws LifecycleException {
        return database.find(
                        """
                        SELECT current_setting('server_version') AS version,
                               pg_database_size(current_database()) AS bytes,
                               (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
                               current_setting('max_connections')::int AS connection_limit""",
                        row -> new PostgresHealth(
                                row.text("version"),
                                row.number("bytes"),
                                row.integer("connections"),
                                row.integer("connection_limit")))
                .orElseThrow();
    }
}
