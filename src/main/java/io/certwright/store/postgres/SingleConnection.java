package io.certwright.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for the whole process, for short commands: a pool costs them more than all their queries. Threads take turns. A
 * connection that broke is replaced at the next turn.
 */
final class SingleConnection implements Connections {
    private final DataSource source;
    private final DatabaseLimits limits;
    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable Connection open;

    SingleConnection(DataSource source, DatabaseLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public Connection take() throws SQLException {
        awaitTurn();
        try {
            if (turn.getHoldCount() > 1) {
                throw new IllegalStateException(
                        "database: a query within a query, the row reader must not ask the database");
            }
            Connection connection = open;
            if (connection == null || connection.isClosed()) {
                connection = source.getConnection();
                open = connection;
            }
            return connection;
        } catch (SQLException | RuntimeException failure) {
            turn.unlock();
            throw failure;
        }
    }

    private void awaitTurn() throws SQLException {
        try {
            if (!turn.tryLock(limits.statement().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLException(
                        "another thread has held the only connection for "
                                + limits.statement().toSeconds() + " s",
                        "57014");
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the connection", "57014", interruption);
        }
    }

    @Override
    public void giveBack(Connection connection) {
        turn.unlock();
    }

    @Override
    public void close() {
        turn.lock();
        try {
            Connection connection = open;
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyGone) {
            log().debug("closing a connection that was gone: {}", alreadyGone.getMessage());
        } finally {
            turn.unlock();
        }
    }

    /** No constant: a command that logs nothing never loads the logging library. */
    private static Logger log() {
        return LoggerFactory.getLogger(SingleConnection.class);
    }
}
