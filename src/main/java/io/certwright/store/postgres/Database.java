package io.certwright.store.postgres;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as the repositories see it: statements with parameters, and transactions that the thread's calls join.
 *
 * <p>Parameters may be texts, integers, longs, flags, instants (timestamptz, cut to microseconds), durations (bigint, in
 * milliseconds), UUIDs, byte arrays, enums (their names), lists of texts ({@code text[]}) and {@link Optional}s of these. Names of
 * tables need no schema. Safe for use by many threads.
 *
 * <p>Failures: {@code DATABASE_UNREACHABLE}, {@code DATABASE_TIMEOUT} and {@code DATABASE_CONTENTION} (serialization failure,
 * deadlock) may be tried again by whoever knows the whole work; {@link ConflictException} tells a unique violation.
 */
public final class Database implements AutoCloseable {
    private final DatabaseLocation location;
    private final Connections connections;
    private final DataSource source;

    /** One for each database: a thread may have a transaction open on two. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    private Database(DatabaseLocation location, Connections connections, DataSource source) {
        this.location = location;
        this.connections = connections;
        this.source = source;
    }

    /** For a process that serves: up to {@code size} connections. Nothing is connected before the first statement. */
    public static Database pooled(DatabaseLocation location, DatabaseLimits limits, int size) {
        PooledConnections pool = new PooledConnections(new DriverConnections(location, limits), limits, size);
        return new Database(location, pool, pool.asDataSource());
    }

    /** For a short command: one connection, which threads take in turns. Nothing is connected before the first statement. */
    public static Database single(DatabaseLocation location, DatabaseLimits limits) {
        DriverConnections source = new DriverConnections(location, limits);
        return new Database(location, new SingleConnection(source, limits), source);
    }

    /** Where it is now. */
    public DatabaseAddress address() {
        return location.address();
    }

    /**
     * Connections for a library that wants JDBC (the scheduler's job store, migrations): from the pool, where there is one. They take
     * no part in {@link #inTransaction}.
     */
    public DataSource dataSource() {
        return source;
    }

    /**
     * Does the work in one transaction (read committed), or as part of the one that this thread has open already. Whatever the work
     * throws undoes all of it, also when a caller further up catches it and goes on: then the outer transaction ends with
     * {@code DATABASE_ROLLED_BACK}.
     */
    public <T> T inTransaction(Work<T> work) throws LifecycleException {
        Transaction open = current.get();
        return open != null ? join(open, work) : begin(work);
    }

    private <T> T join(Transaction open, Work<T> work) throws LifecycleException {
        boolean done = false;
        try {
            T result = work.run();
            done = true;
            return result;
        } finally {
            open.failed |= !done;
        }
    }

    private <T> T begin(Work<T> work) throws LifecycleException {
        return borrow("transaction", connection -> {
            Transaction transaction = new Transaction(connection);
            connection.setAutoCommit(false);
            current.set(transaction);
            boolean committed = false;
            try {
                T result = work.run();
                commit(transaction);
                committed = true;
                return result;
            } finally {
                current.remove();
                end(connection, committed);
            }
        });
    }

    private void commit(Transaction transaction) throws LifecycleException {
        if (transaction.failed) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "DATABASE_ROLLED_BACK",
                    "database " + address()
                            + ": a part of the transaction failed and was passed over, so nothing of it was stored");
        }
        try {
            transaction.connection.commit();
        } catch (SQLException failure) {
            String what = SqlFailure.isConnectionMatter(failure)
                    ? "commit (whether it is stored is unknown until the database answers again)"
                    : "commit";
            throw SqlFailure.of(what, address().toString(), failure);
        }
    }

    private void end(Connection connection, boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            // A connection that cannot roll back is broken: the server undoes its work, and the pool throws it away.
            log().debug("rollback on {}: {}", address(), gone.getMessage());
        }
    }

    /** All rows, each made a value. */
    public <T> List<T> list(String sql, RowReader<T> reader, Object... parameters) throws LifecycleException {
        return execute(sql, parameters, statement -> {
            List<T> values = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                while (result.next()) {
                    values.add(reader.read(row));
                }
            }
            return List.copyOf(values);
        });
    }

    /** The only row, if there is one; two or more are a broken promise of the caller. Also for {@code … RETURNING}. */
    public <T> Optional<T> find(String sql, RowReader<T> reader, Object... parameters) throws LifecycleException {
        List<T> found = list(sql, reader, parameters);
        if (found.size() > 1) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "DATABASE_AMBIGUOUS",
                    "database " + address() + ": got " + found.size() + " rows, wanted at most one, for: "
                            + oneLine(sql));
        }
        return found.stream().findFirst();
    }

    /** Changes rows (or the schema) and says how many. */
    public int update(String sql, Object... parameters) throws LifecycleException {
        return execute(sql, parameters, PreparedStatement::executeUpdate);
    }

    private <T> T execute(String sql, Object[] parameters, OnStatement<T> action) throws LifecycleException {
        Transaction open = current.get();
        return open != null
                ? query(open.connection, sql, parameters, action)
                : borrow("query", connection -> query(connection, sql, parameters, action));
    }

    private <T> T query(Connection connection, String sql, Object[] parameters, OnStatement<T> action)
            throws LifecycleException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.set(connection, statement, parameters);
            return action.on(statement);
        } catch (SQLException failure) {
            throw SqlFailure.of("query", address().toString(), failure);
        }
    }

    private <T> T borrow(String what, OnConnection<T> action) throws LifecycleException {
        try {
            Connection connection = connections.take();
            try {
                return action.on(connection);
            } finally {
                connections.giveBack(connection);
            }
        } catch (SQLException failure) {
            throw SqlFailure.of(what, address().toString(), failure);
        }
    }

    private static String oneLine(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    @Override
    public void close() {
        connections.close();
    }

    /** No constant: a command that logs nothing never loads the logging library. */
    private static Logger log() {
        return LoggerFactory.getLogger(Database.class);
    }

    /** The transaction a thread has open. */
    private static final class Transaction {
        private final Connection connection;
        private boolean failed;

        private Transaction(Connection connection) {
            this.connection = connection;
        }
    }

    private interface OnStatement<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private interface OnConnection<T> {
        T on(Connection connection) throws SQLException, LifecycleException;
    }
}
