package io.certwright.enrollment;

import io.certwright.certificate.Printable;
import java.time.Instant;
import java.util.Arrays;

/**
 * One fact that an issuer must not forget: an account, an issued certificate, a revocation list. Its meaning is the issuer's own.
 *
 * @param kind groups facts: {@code issued}
 * @param key unique within issuer and kind
 * @param value the issuer's own bytes; secrets in it are sealed
 * @param at when it became so
 * @param version grows by one with each replacement; 1 at first
 */
public record Remembered(String kind, String key, byte[] value, Instant at, long version) {
    public Remembered {
        requireText("kind", kind, 40);
        requireText("key", key, 400);
        value = value.clone();
    }

    /** A fact not stored yet. */
    public static Remembered first(String kind, String key, byte[] value, Instant at) {
        return new Remembered(kind, key, value, at, 1);
    }

    /** The same fact with a new value, one version on. */
    public Remembered next(byte[] newValue, Instant newAt) {
        return new Remembered(kind, key, newValue, newAt, version + 1);
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    private static void requireText(String what, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            throw new IllegalArgumentException("remembered fact: got " + what + " " + Printable.quote(text)
                    + ", wanted 1 to " + longest + " characters");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Remembered that
                && kind.equals(that.kind)
                && key.equals(that.key)
                && Arrays.equals(value, that.value)
                && at.equals(that.at)
                && version == that.version;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + key.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + Printable.quote(key) + " version " + version;
    }
}
