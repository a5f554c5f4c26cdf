package io.certwright.windows;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.certwright.crypto.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** Records as JSON objects and back, component by component. Knows the few types that calls and answers are made of. */
final class RecordJson {
    private RecordJson() {}

    /** Writes an object; absent components are left out. */
    static void write(JsonGenerator json, Record record, UnaryOperator<String> naming) throws IOException {
        json.writeStartObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(record, component);
            if (!(value instanceof Optional<?> optional) || optional.isPresent()) {
                json.writeFieldName(naming.apply(component.getName()));
                writeValue(json, value, naming);
            }
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Object value, UnaryOperator<String> naming) throws IOException {
        if (value instanceof Optional<?> optional) {
            writeValue(json, optional.orElseThrow(), naming);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Collection<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                writeValue(json, item, naming);
            }
            json.writeEndArray();
        } else if (value instanceof SecretBytes secret) {
            writeSecret(json, secret);
        } else if (value instanceof X509Certificate certificate) {
            json.writeBinary(encoded(certificate));
        } else if (TextTypes.isText(value.getClass())) {
            json.writeString(value.toString());
        } else {
            write(json, (Record) value, naming);
        }
    }

    /** Base64, so that a password too is bytes and nothing of it is a String here. */
    private static void writeSecret(JsonGenerator json, SecretBytes secret) {
        secret.open(bytes -> {
            try {
                json.writeBinary(bytes);
                return true;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    /** Reads a record; what is missing or of another kind is refused with its name. */
    static <R extends Record> R read(JsonNode json, Class<R> type, UnaryOperator<String> naming) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = naming.apply(components[i].getName());
            try {
                values[i] = readValue(json.path(name), components[i].getGenericType(), naming);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(name + ": " + refused.getMessage(), refused);
            }
        }
        return make(type, values);
    }

    private static Object readValue(JsonNode node, Type type, UnaryOperator<String> naming) {
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                boolean absent = node.isMissingNode()
                        || node.isNull()
                        || (node.isTextual() && node.asText().isEmpty());
                return absent ? Optional.empty() : Optional.of(readValue(node, inner, naming));
            }
            require(node.isArray(), node, "a list");
            return StreamSupport.stream(node.spliterator(), false)
                    .map(item -> readValue(item, inner, naming))
                    .toList();
        }
        Class<?> raw = (Class<?>) type;
        if (raw == boolean.class) {
            require(node.isBoolean(), node, "true or false");
            return node.asBoolean();
        }
        if (raw == int.class) {
            require(node.isIntegralNumber() && node.canConvertToInt(), node, "a whole number");
            return node.asInt();
        }
        if (raw == long.class) {
            require(node.isIntegralNumber() && node.canConvertToLong(), node, "a whole number");
            return node.asLong();
        }
        if (TextTypes.isText(raw)) {
            require(node.isTextual(), node, "a text");
            return TextTypes.parse(raw, node.asText());
        }
        require(node.isObject(), node, "an object");
        return read(node, raw.asSubclass(Record.class), naming);
    }

    private static void require(boolean fits, JsonNode node, String wanted) {
        if (!fits) {
            String got =
                    node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("got " + got + ", wanted " + wanted);
        }
    }

    private static Object valueOf(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("A component of " + record.getClass() + " cannot be read.", impossible);
        }
    }

    private static <R extends Record> R make(Class<R> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException cause) {
                throw cause;
            }
            throw new IllegalStateException(type + " cannot be made.", refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made.", impossible);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("A certificate in memory cannot be encoded.", impossible);
        }
    }
}
