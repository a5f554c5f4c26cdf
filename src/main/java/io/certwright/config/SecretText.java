package io.certwright.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A password, token or key text from the settings. Shows itself as {@code ***} and is opened only by {@link #reveal()}, by the
 * adapter that hands it on. Comparing takes the same time wherever two secrets differ.
 */
public final class SecretText {
    private final char[] text;

    private SecretText(char[] text) {
        this.text = text;
    }

    public static SecretText of(CharSequence text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("secret: got nothing, wanted at least one character");
        }
        char[] copy = new char[text.length()];
        CharBuffer.wrap(text).get(copy);
        return new SecretText(copy);
    }

    /** A fresh copy; whoever asks for it wipes it, and keeps it out of logs, messages and command lines. */
    public char[] reveal() {
        return text.clone();
    }

    /** A fresh copy as UTF-8, half a pair of surrogates as a question mark; whoever asks for it wipes it. */
    public byte[] revealUtf8() {
        ByteBuffer encoded = ByteBuffer.allocate(4 * text.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(text), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    /** The same for all, so that a hash table says nothing about the text. */
    @Override
    public int hashCode() {
        return SecretText.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return StandardCharsets.UTF_16BE.encode(CharBuffer.wrap(text)).array();
    }
}
