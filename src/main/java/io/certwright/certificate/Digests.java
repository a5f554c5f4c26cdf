package io.certwright.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The two digests that name a certificate; both are in every JDK. */
final class Digests {
    private Digests() {}

    static String hex(String algorithm, byte[] input) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(input));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this JDK lacks " + algorithm, absent);
        }
    }

    /** What people paste: any case, with spaces, colons and the invisible characters that Windows dialogs copy along. */
    static String hexDigitsOf(String pasted) {
        return pasted.codePoints()
                .filter(c -> !Character.isWhitespace(c)
                        && c != ':'
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SPACE_SEPARATOR)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toUpperCase(java.util.Locale.ROOT);
    }

    /** Upper-case digits alone. */
    static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'F')) {
                return false;
            }
        }
        return true;
    }
}
