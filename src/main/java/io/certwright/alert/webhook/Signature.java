package io.certwright.alert.webhook;

import io.certwright.config.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a message as Standard Webhooks wants it: HMAC-SHA-256 over {@code ID.SECONDS.BODY}. Who checks it knows that the
 * message is ours, unchanged and, by the time in it, not an old one sent again.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENCODED = "whsec_";

    private Signature() {}

    /** {@code v1,} and the Base64 of the code. A secret that begins with {@code whsec_} stands for the bytes it encodes. */
    static String of(String id, Instant at, byte[] body, SecretText secret) {
        byte[] key = bytes(secret);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This JDK lacks HmacSHA256, which every JDK must have.", impossible);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] bytes(SecretText secret) {
        byte[] bytes = secret.revealUtf8();
        return startsEncoded(bytes) ? decoded(bytes) : bytes;
    }

    private static boolean startsEncoded(byte[] bytes) {
        byte[] prefix = ENCODED.getBytes(StandardCharsets.US_ASCII);
        return bytes.length > prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** What is no Base64 after the prefix is an ordinary secret that happens to begin so. */
    private static byte[] decoded(byte[] bytes) {
        try {
            byte[] key = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, ENCODED.length(), bytes.length));
            Arrays.fill(bytes, (byte) 0);
            return key;
        } catch (IllegalArgumentException ordinary) {
            return bytes;
        }
    }
}
