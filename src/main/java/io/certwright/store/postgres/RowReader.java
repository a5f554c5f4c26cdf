package io.certwright.store.postgres;

import java.sql.SQLException;

/** Makes a value of one row. Runs while the result is open, so it must not query the database itself. */
@FunctionalInterface
public interface RowReader<T> {
    T read(Row row) throws SQLException;
}
