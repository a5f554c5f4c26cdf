package io.certwright.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of the domain put into the places of a statement. */
final class Parameters {
    private Parameters() {}

    static void set(Connection connection, PreparedStatement statement, Object... parameters) throws SQLException {
        for (int place = 0; place < parameters.length; place++) {
            Object value = toJdbc(connection, parameters[place]);
            if (value == null) {
                statement.setNull(place + 1, Types.NULL);
            } else {
                statement.setObject(place + 1, value);
            }
        }
    }

    private static @Nullable Object toJdbc(Connection connection, Object value) throws SQLException {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? toJdbc(connection, optional.get()) : null;
        }
        if (value instanceof Instant instant) {
            // Cut, not rounded: a value read back must never be later than the one written.
            return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        if (value instanceof Enum<?> choice) {
            return choice.name();
        }
        if (value instanceof Collection<?> texts) {
            return connection.createArrayOf(
                    "text", texts.stream().map(Parameters::asText).toArray());
        }
        if (value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof byte[]) {
            return value;
        }
        throw new IllegalArgumentException(
                "statement parameter: got a " + value.getClass().getName()
                        + ", wanted text, a number, a flag, an instant, a duration, a UUID, bytes, an enum, texts or an Optional of these");
    }

    private static String asText(Object element) {
        if (element instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("statement parameter: got a list with a "
                + element.getClass().getName() + ", wanted a list of texts only");
    }
}
