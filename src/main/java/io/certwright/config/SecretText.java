package io.certwright.config;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

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
