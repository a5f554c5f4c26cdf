package io.certwright.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One object of the JSON answer, written field by field in the order of the calls. Absent values are left out. */
public final class JsonObject {
    private final JsonGenerator generator;

    JsonObject(JsonGenerator generator) {
        this.generator = generator;
    }

    public JsonObject put(String name, String value) {
        return write(() -> generator.writeStringField(name, value));
    }

    public JsonObject put(String name, long value) {
        return write(() -> generator.writeNumberField(name, value));
    }

    public JsonObject put(String name, boolean value) {
        return write(() -> generator.writeBooleanField(name, value));
    }

    /** RFC 3339 in UTC, in whole seconds as X.509 has them. */
    public JsonObject put(String name, Instant value) {
        return put(name, DateTimeFormatter.ISO_INSTANT.format(value.truncatedTo(ChronoUnit.SECONDS)));
    }

    public JsonObject put(String name, Enum<?> value) {
        return put(name, value.name());
    }

    /** Leaves the field out where there is no value. */
    public <T> JsonObject putIfPresent(String name, Optional<T> value) {
        value.ifPresent(present -> {
            if (present instanceof Instant instant) {
                put(name, instant);
            } else if (present instanceof Number number) {
                put(name, number.longValue());
            } else {
                put(name, present.toString());
            }
        });
        return this;
    }

    /** An array of texts, each element by its {@code toString}. */
    public JsonObject putTexts(String name, Collection<?> values) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (Object value : values) {
                generator.writeString(value.toString());
            }
            generator.writeEndArray();
        });
    }

    public JsonObject putObject(String name, Consumer<JsonObject> content) {
        return write(() -> {
            generator.writeObjectFieldStart(name);
            content.accept(this);
            generator.writeEndObject();
        });
    }

    /** An array of objects, one for each of {@code values}. */
    public <T> JsonObject putObjects(String name, Collection<T> values, BiConsumer<JsonObject, T> content) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (T value : values) {
                generator.writeStartObject();
                content.accept(this, value);
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }

    /** Nested maps, lists and values that are texts, whole numbers or flags. */
    public JsonObject putTree(String name, Map<String, ?> tree) {
        return write(() -> {
            generator.writeFieldName(name);
            writeTree(tree);
        });
    }

    private void writeTree(Object node) throws IOException {
        if (node instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(entry.getKey().toString());
                writeTree(entry.getValue());
            }
            generator.writeEndObject();
        } else if (node instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object item : list) {
                writeTree(item);
            }
            generator.writeEndArray();
        } else if (node instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (node instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else {
            generator.writeString(node.toString());
        }
    }

    private JsonObject write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private interface Writing {
        void run() throws IOException;
    }
}
