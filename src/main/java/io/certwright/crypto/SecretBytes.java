package io.certwright.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes that nobody may see: a master key, a password, an unsealed private key. Shows only its length, compares in constant time,
 * is wiped on {@link #close()}, and refuses to be used after that. Opened in one place, {@link #open(Function)}.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Keeps a copy; the caller wipes its own. */
    public static SecretBytes of(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** A password, kept as UTF-8. */
    public static SecretBytes ofText(CharSequence password) {
        ByteBuffer encoded = ByteBuffer.allocate(4 * password.length());
        var result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), encoded, true);
        if (result.isError()) {
            throw new IllegalArgumentException("secret text: got characters that are no Unicode text");
        }
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return new SecretBytes(bytes);
    }

    /** Lends the bytes to {@code use} and wipes the lent copy afterwards; {@code use} must not keep them. */
    public <T> T open(Function<byte[], T> use) {
        byte[] lent = copy();
        try {
            return use.apply(lent);
        } finally {
            Arrays.fill(lent, (byte) 0);
        }
    }

    /** A password as characters, for interfaces that take nothing else; the caller wipes them. */
    public char[] toChars() {
        return open(lent -> {
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(lent));
            char[] chars = new char[decoded.remaining()];
            decoded.get(chars);
            Arrays.fill(decoded.array(), '\0');
            return chars;
        });
    }

    public int length() {
        return bytes.length;
    }

    private synchronized byte[] copy() {
        if (closed) {
            throw new IllegalStateException("secret of " + bytes.length + " bytes: it is wiped already");
        }
        return bytes.clone();
    }

    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets of one length, so that a hash betrays nothing. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "*** (" + bytes.length + " bytes)";
    }
}
