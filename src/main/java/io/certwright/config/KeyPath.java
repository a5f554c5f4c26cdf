package io.certwright.config;

import io.certwright.certificate.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The keys from the top of the settings to a value, joined by dots; items of lists as {@code bind[0]}. Put together where a fault names
 * it, and else never: a thousand certificates have ten thousand values.
 *
 * @param above the path of the mapping that {@code key} stands in; none at the top
 */
record KeyPath(@Nullable KeyPath above, String key) {
    private static final int LONGEST_KEY = 80;

    /** Of an item of the list that this is the path of. */
    KeyPath item(int index) {
        return new KeyPath(above, item(key, index));
    }

    /** The key of an item of the list at {@code key}. */
    static String item(String key, int index) {
        return key + "[" + index + "]";
    }

    @Override
    public String toString() {
        String shown = Printable.escape(key, LONGEST_KEY);
        return above == null ? shown : above + "." + shown;
    }
}
