package io.certwright.windows;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Answers as {@code <<certwright{"version":…,"answers":[{"value":…},{"error":…}]}certwright>>}, ASCII alone. What profiles and modules
 * print stands outside the marks and is passed over.
 */
public final class AnswerJson {
    static final String OPENS = "<<certwright";
    static final String CLOSES = "certwright>>";
    private static final int DEEPEST = 20;

    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactoryBuilder()
            .characterEscapes(new AsciiEscapes())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Visit.LONGEST_OUTPUT)
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build());

    private AnswerJson() {}

    /** The answers, all of them; anything else is thrown with a sentence. */
    static Answers read(String host, List<? extends WindowsCall<?>> calls, VisitOutput output)
            throws LifecycleException {
        String json = between(host, output);
        JsonNode top;
        try {
            top = MAPPER.readTree(json);
        } catch (JsonProcessingException garbage) {
            throw AnswerComplaint.noJson(host, garbage);
        }
        requireVersion(host, top);
        return answers(host, calls, top.path("answers"));
    }

    private static String between(String host, VisitOutput output) throws LifecycleException {
        String said = output.stdout();
        int opens = said.lastIndexOf(OPENS);
        if (opens < 0) {
            throw AnswerComplaint.noAnswer(host, output);
        }
        int closes = said.indexOf(CLOSES, opens);
        if (closes < 0) {
            throw AnswerComplaint.cut(host, said.length() - opens);
        }
        return said.substring(opens + OPENS.length(), closes).replace("\r", "").replace("\n", "");
    }

    private static void requireVersion(String host, JsonNode top) throws LifecycleException {
        String wanted = CertwrightScript.bundled().version();
        if (!top.path("version").asText().equals(wanted)) {
            throw AnswerComplaint.otherVersion(host, top.path("version").asText(), wanted);
        }
    }

    private static Answers answers(String host, List<? extends WindowsCall<?>> calls, JsonNode answers)
            throws LifecycleException {
        List<Record> values = new ArrayList<>();
        for (WindowsCall<?> call : calls) {
            JsonNode answer = answers.path(values.size());
            if (answer.path("error").isObject()) {
                CallError error = value(host, call, answer.path("error"), CallError.class);
                throw CallComplaint.of(host, call.function(), error, values.size());
            }
            values.add(value(host, call, answer.path("value"), AnswerTypes.of(call)));
        }
        return new Answers(calls, values);
    }

    private static <R extends Record> R value(String host, WindowsCall<?> call, JsonNode node, Class<R> type)
            throws LifecycleException {
        try {
            if (!node.isObject()) {
                throw new IllegalArgumentException("got no answer to this call");
            }
            return RecordJson.read(node, type, UnaryOperator.identity());
        } catch (IllegalArgumentException other) {
            throw AnswerComplaint.otherShape(host, call.function(), other);
        }
    }

    /** As the script would write them, for those who play a host. */
    public static String write(List<? extends Record> done, Optional<CallError> failed) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("version", CertwrightScript.bundled().version());
            json.writeArrayFieldStart("answers");
            for (Record value : done) {
                writeNamed(json, "value", value);
            }
            if (failed.isPresent()) {
                writeNamed(json, "error", failed.get());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return OPENS + text + CLOSES;
    }

    private static void writeNamed(JsonGenerator json, String name, Record value) throws IOException {
        json.writeStartObject();
        json.writeFieldName(name);
        RecordJson.write(json, value, UnaryOperator.identity());
        json.writeEndObject();
    }
}
