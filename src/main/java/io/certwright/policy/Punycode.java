package io.certwright.policy;

import java.util.Optional;

/** The decoder of RFC 3492, 6.2, with the parameters of section 5. Bounded by the 63 characters of a label. */
final class Punycode {
    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE_POINT = 0x80;

    private Punycode() {}

    /** Empty where it is no Punycode. {@code encoded} is in lower case, without the prefix. */
    static Optional<String> decode(String encoded) {
        int hyphen = encoded.lastIndexOf('-');
        StringBuilder decoded = new StringBuilder(encoded.substring(0, Math.max(hyphen, 0)));
        int codePoint = FIRST_CODE_POINT;
        int bias = FIRST_BIAS;
        long index = 0;
        int length = decoded.length();
        for (int next = hyphen + 1; next < encoded.length(); length++) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = next < encoded.length() ? digit(encoded.charAt(next++)) : -1;
                if (digit < 0) {
                    return Optional.empty();
                }
                index += digit * weight;
                int threshold = Math.min(Math.max(k - bias, LEAST), MOST);
                if (index > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            bias = adapted(index - before, length + 1, before == 0);
            codePoint += (int) (index / (length + 1));
            index %= length + 1;
            if (!Character.isValidCodePoint(codePoint) || (codePoint >= 0xD800 && codePoint < 0xE000)) {
                return Optional.empty();
            }
            int at = decoded.offsetByCodePoints(0, (int) index);
            decoded.insert(at, Character.toChars(codePoint));
            index++;
        }
        return Optional.of(decoded.toString());
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }

    private static int adapted(long delta, int length, boolean first) {
        long left = first ? delta / DAMP : delta / 2;
        left += left / length;
        int k = 0;
        while (left > (BASE - LEAST) * MOST / 2) {
            left /= BASE - LEAST;
            k += BASE;
        }
        return (int) (k + (BASE - LEAST + 1) * left / (left + SKEW));
    }
}
