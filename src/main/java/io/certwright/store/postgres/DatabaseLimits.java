package io.certwright.store.postgres;

import java.time.Duration;
import java.util.Properties;

/**
 * How long anything may take that asks the database.
 *
 * @param connect until a connection stands, and until the pool lends one
 * @param statement until a single statement is answered
 * @param lock until a row or table that another transaction holds is free
 * @param idleInTransaction until the server ends a transaction in which nothing happens, and with it its locks
 */
public record DatabaseLimits(Duration connect, Duration statement, Duration lock, Duration idleInTransaction) {
    private static final Duration SLACK = Duration.ofSeconds(5);

    public DatabaseLimits {
        for (Duration limit : new Duration[] {connect, statement, lock, idleInTransaction}) {
            if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        "database limit: got " + limit + ", wanted between 1 millisecond and 1 day");
            }
        }
    }

    public static DatabaseLimits standard() {
        return new DatabaseLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    /** The driver's and the server's settings for these limits; they travel with the login and cost no round trip. */
    Properties connectionProperties() {
        Properties settings = new Properties();
        settings.setProperty("connectTimeout", seconds(connect));
        settings.setProperty("loginTimeout", seconds(connect));
        // Beyond the server's own limit, so that the server's answer is seen and only a dead line runs into this one.
        settings.setProperty("socketTimeout", seconds(statement.plus(SLACK)));
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty(
                "options",
                "-c statement_timeout=" + statement.toMillis() + " -c lock_timeout=" + lock.toMillis()
                        + " -c idle_in_transaction_session_timeout=" + idleInTransaction.toMillis());
        return settings;
    }

    private static String seconds(Duration limit) {
        return Long.toString(Math.max(1, limit.toSeconds()));
    }
}
