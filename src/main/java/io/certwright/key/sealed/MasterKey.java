package io.certwright.key.sealed;

import io.certwright.crypto.SecretBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 256 random bits and the id they are known by. The id is derived from the bits, so that a damaged key is recognised before it
 * is used. As text: {@code certwright-master-key:ID:BASE64}.
 */
record MasterKey(String id, SecretBytes secret) {
    static final int LENGTH = 32;

    private static final String PREFIX = "certwright-master-key";
    private static final Pattern TEXT = Pattern.compile(PREFIX + ":([0-9a-f]{16}):([A-Za-z0-9+/]{43}=)");

    static MasterKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        try {
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static MasterKey of(byte[] bytes) {
        return new MasterKey(idOf(bytes), SecretBytes.of(bytes));
    }

    /** Throws IllegalArgumentException with the end of a sentence that never repeats the text. */
    static MasterKey parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("got something else than " + PREFIX + ":ID:BASE64");
        }
        byte[] bytes = Base64.getDecoder().decode(parts.group(2));
        try {
            MasterKey key = of(bytes);
            if (!key.id.equals(parts.group(1))) {
                throw new IllegalArgumentException("key id " + parts.group(1) + " does not fit its key");
            }
            return key;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** For the file alone. */
    byte[] toText() {
        return secret.open(bytes -> {
            byte[] base64 = Base64.getEncoder().encode(bytes);
            byte[] start = (PREFIX + ":" + id + ":").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] text = Arrays.copyOf(start, start.length + base64.length + 1);
            System.arraycopy(base64, 0, text, start.length, base64.length);
            text[text.length - 1] = '\n';
            Arrays.fill(base64, (byte) 0);
            return text;
        });
    }

    /** A digest of 256 random bits under a label of its own tells nothing about them. */
    private static String idOf(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("certwright master key id".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this JDK lacks SHA-256", absent);
        }
    }

    @Override
    public String toString() {
        return "master key " + id;
    }
}
