package io.certwright.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A pool of connections, for processes that serve many threads. Opens its first connection when it is first asked. */
final class PooledConnections implements Connections {
    private static final Duration OLDEST = Duration.ofMinutes(30);

    private final HikariDataSource pool;

    PooledConnections(DataSource source, DatabaseLimits limits, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("certwright");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, limits.connect().toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setMaxLifetime(OLDEST.toMillis());
        pool = new HikariDataSource(config);
    }

    DataSource asDataSource() {
        return pool;
    }

    @Override
    public Connection take() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void giveBack(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public void close() {
        pool.close();
    }
}
