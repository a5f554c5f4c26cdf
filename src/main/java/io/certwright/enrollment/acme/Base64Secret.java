package io.certwright.enrollment.acme;

import io.certwright.config.SecretText;
import java.util.Arrays;
import java.util.Base64;

/** A key that the settings give as base64. */
final class Base64Secret {
    private Base64Secret() {}

    /** The key's bytes, which the caller wipes or hands on. No message quotes any of it. */
    static byte[] decode(SecretText text, Base64.Decoder decoder, String wanted) {
        byte[] encoded = text.revealUtf8();
        try {
            byte[] decoded = decoder.decode(encoded);
            if (decoded.length > 0) {
                return decoded;
            }
        } catch (IllegalArgumentException quotesTheKey) {
            // Refused below, without the cause: its message may quote the key.
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
        throw new IllegalArgumentException("key: got something else than " + wanted);
    }
}
