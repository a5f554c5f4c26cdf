package io.certwright.certificate;

/**
 * The shape of the names that people give to certificates, issuers and hosts in the settings: 1 to 63 letters, digits, dots, hyphens or
 * underscores of ASCII, beginning with a letter or digit. Fit for file names, log lines and command lines.
 */
public final class GivenName {
    private static final int LONGEST = 63;

    private GivenName() {}

    /** Looked at letter by letter: a list reads thousands of names, each for the first time. */
    public static boolean isOne(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
