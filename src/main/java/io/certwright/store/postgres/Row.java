package io.certwright.store.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, read by column name. {@code x("c")} wants a value and throws an {@link SQLException} that names the column
 * when it is NULL; {@code findX("c")} takes NULL as empty. Valid only until its {@link RowReader} returns.
 */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(String column) throws SQLException {
        return required(column, result.getString(column));
    }

    public Optional<String> findText(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    public int integer(String column) throws SQLException {
        return required(column, result.getObject(column, Integer.class));
    }

    public Optional<Integer> findInteger(String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, Integer.class));
    }

    /** A bigint, or a {@code count(*)}. */
    public long number(String column) throws SQLException {
        return required(column, result.getObject(column, Long.class));
    }

    public Optional<Long> findNumber(String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, Long.class));
    }

    public boolean flag(String column) throws SQLException {
        return required(column, result.getObject(column, Boolean.class));
    }

    /** A timestamptz, in microseconds: the database keeps no finer ones. */
    public Instant instant(String column) throws SQLException {
        return required(column, result.getObject(column, OffsetDateTime.class)).toInstant();
    }

    public Optional<Instant> findInstant(String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /** A bigint that counts microseconds since 1970, which is read in a tenth of the time of a timestamptz. */
    public Instant micros(String column) throws SQLException {
        long micros = result.getLong(column);
        if (result.wasNull()) {
            throw new SQLException("column " + column + ": got NULL, wanted a value");
        }
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** A bigint that counts milliseconds. */
    public Duration duration(String column) throws SQLException {
        return Duration.ofMillis(number(column));
    }

    public Optional<Duration> findDuration(String column) throws SQLException {
        return findNumber(column).map(Duration::ofMillis);
    }

    public UUID uuid(String column) throws SQLException {
        return required(column, result.getObject(column, UUID.class));
    }

    public Optional<UUID> findUuid(String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, UUID.class));
    }

    public byte[] bytes(String column) throws SQLException {
        return required(column, result.getBytes(column));
    }

    public Optional<byte[]> findBytes(String column) throws SQLException {
        return Optional.ofNullable(result.getBytes(column));
    }

    /** A {@code text[]}. */
    public List<String> texts(String column) throws SQLException {
        Array array = required(column, result.getArray(column));
        return List.of((String[]) array.getArray());
    }

    /** A text that is the name of one of {@code type}'s constants. */
    public <E extends Enum<E>> E choice(String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, text(column));
    }

    public <E extends Enum<E>> Optional<E> findChoice(String column, Class<E> type) throws SQLException {
        return findText(column).map(name -> Enum.valueOf(type, name));
    }

    private static <T> T required(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + ": got NULL, wanted a value");
        }
        return value;
    }
}
