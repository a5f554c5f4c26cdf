package io.certwright.windows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certwright.certificate.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls as {@code {"calls":[{"call":"Get-Sites","with":{…}}]}}, ASCII alone, and back for those who play a host. */
public final class RequestJson {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new AsciiEscapes())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private RequestJson() {}

    /** The caller wipes it: it may hold a key. */
    static byte[] write(List<? extends WindowsCall<?>> calls) {
        WipedBytes bytes = new WipedBytes();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("calls");
            for (WindowsCall<?> call : calls) {
                json.writeStartObject();
                json.writeStringField("call", call.function());
                json.writeFieldName("with");
                RecordJson.write(json, (Record) call, CallNames::parameterOf);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.taken();
    }

    /** Reads a request as the script would. */
    public static List<WindowsCall<?>> read(String json) throws IOException {
        List<WindowsCall<?>> calls = new ArrayList<>();
        for (JsonNode each : new ObjectMapper().readTree(json).path("calls")) {
            String function = each.path("call").asText();
            Class<?> type = CallNames.all().get(function);
            if (type == null) {
                throw new IllegalArgumentException("not a call of this script: " + Printable.quote(function));
            }
            calls.add((WindowsCall<?>)
                    RecordJson.read(each.path("with"), type.asSubclass(Record.class), CallNames::parameterOf));
        }
        return calls;
    }

    /** Leaves no copy of what was written behind when it is emptied. */
    private static final class WipedBytes extends ByteArrayOutputStream {
        WipedBytes() {
            super(4096);
        }

        byte[] taken() {
            byte[] all = toByteArray();
            Arrays.fill(buf, (byte) 0);
            return all;
        }
    }
}
