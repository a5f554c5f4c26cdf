package io.certwright.store.postgres;

import io.certwright.failure.LifecycleException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/** Opens connections by the driver itself: {@code DriverManager} would first look for every other driver there is. */
final class DriverConnections implements DataSource {
    /**
     * Every statement finds its rows by an index whatever its values are; planning a page of the list anew for its limit would take longer
     * than reading it.
     */
    private static final String ONE_PLAN = " -c plan_cache_mode=force_generic_plan";

    private final DatabaseLocation location;
    private final DatabaseLimits limits;
    private final Driver driver = new Driver();

    DriverConnections(DatabaseLocation location, DatabaseLimits limits) {
        this.location = location;
        this.limits = limits;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return connect(location.address());
        } catch (SQLException failure) {
            if (!SqlFailure.isConnectionMatter(failure)) {
                throw failure;
            }
            return connect(revived(failure).orElseThrow(() -> failure));
        }
    }

    private Optional<DatabaseAddress> revived(SQLException unreachable) throws SQLException {
        try {
            return location.revive();
        } catch (LifecycleException failure) {
            failure.addSuppressed(unreachable);
            throw new SQLException(failure.getMessage(), "08001", failure);
        }
    }

    private Connection connect(DatabaseAddress address) throws SQLException {
        Properties properties = limits.connectionProperties();
        properties.putAll(address.login());
        properties.setProperty("options", properties.getProperty("options") + ONE_PLAN);
        properties.setProperty("currentSchema", Migrations.SCHEMA);
        properties.setProperty("ApplicationName", "certwright");
        properties.setProperty("logServerErrorDetail", "false");
        Connection connection = driver.connect(address.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not take the URL of " + address, "08001");
        }
        return connection;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("database " + location.address() + ": the login is fixed, got another one");
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException("logs go to SLF4J");
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException("logs go to SLF4J");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException("limits are fixed when the database is opened");
    }

    @Override
    public int getLoginTimeout() {
        return Math.toIntExact(limits.connect().toSeconds());
    }

    @Override
    public Logger getParentLogger() {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped here, asked for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
