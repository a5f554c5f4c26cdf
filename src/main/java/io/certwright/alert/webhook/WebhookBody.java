package io.certwright.alert.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.certwright.alert.Alert;
import io.certwright.alert.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** A digest as JSON in UTF-8. The same digest gives the same bytes but for the time. */
final class WebhookBody {
    /** More would be cut off or refused on its way; what is left out stands in {@code certwright alerts list}. */
    private static final int MOST = 500;

    private WebhookBody() {}

    static byte[] of(Digest digest, Instant now) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "certwright.alerts");
            json.writeStringField("timestamp", now.toString());
            json.writeObjectFieldStart("data");
            json.writeStringField("id", digest.id().toString());
            json.writeStringField("severity", digest.severity().name());
            json.writeStringField("subject", digest.subject());
            json.writeArrayFieldStart("alerts");
            for (Alert alert :
                    digest.alerts().subList(0, Math.min(MOST, digest.alerts().size()))) {
                write(json, alert);
            }
            json.writeEndArray();
            json.writeNumberField("leftOut", Math.max(0, digest.alerts().size() - MOST));
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a webhook's message could not be written to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Alert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject", alert.key().subject());
        json.writeStringField("thumbprint", alert.key().thumbprint());
        json.writeStringField("kind", alert.key().kind().name());
        json.writeStringField("stage", alert.key().stage());
        json.writeStringField("severity", alert.severity().name());
        json.writeStringField("message", alert.sentence());
        json.writeStringField("whatHappened", alert.whatHappened());
        json.writeStringField("whatNext", alert.whatNext());
        json.writeArrayFieldStart("commands");
        for (String command : alert.commands()) {
            json.writeString(command);
        }
        json.writeEndArray();
        json.writeStringField("noticedAt", alert.at().toString());
        json.writeEndObject();
    }
}
