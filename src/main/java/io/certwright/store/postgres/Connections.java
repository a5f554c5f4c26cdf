package io.certwright.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Where {@link Database} takes its connections from. */
interface Connections extends AutoCloseable {
    /** A connection in autocommit mode, for the calling thread alone until it is given back. */
    Connection take() throws SQLException;

    void giveBack(Connection connection) throws SQLException;

    @Override
    void close();
}
