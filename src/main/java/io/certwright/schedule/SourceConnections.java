package io.certwright.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** The scheduler's connections come from our own pool. */
record SourceConnections(DataSource source) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
        return source.getConnection();
    }

    /** The pool belongs to the process. */
    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
}
