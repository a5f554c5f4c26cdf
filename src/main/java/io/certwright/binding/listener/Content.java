package io.certwright.binding.listener;

import io.certwright.certificate.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A body and its media type.
 *
 * @param type {@code application/pkix-crl}, {@code text/plain; charset=utf-8}
 */
public record Content(String type, byte[] body) {
    public Content {
        if (type.isBlank() || type.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("content: got the type " + Printable.quote(type)
                    + ", wanted a media type such as text/plain; charset=utf-8");
        }
        body = body.clone();
    }

    public static Content text(String text) {
        return new Content("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && type.equals(that.type) && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return type + " of " + body.length + " bytes";
    }
}
