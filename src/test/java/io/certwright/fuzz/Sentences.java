package io.certwright.fuzz;

import java.util.Set;

/** What a refusal may look like, however hostile the input was. */
final class Sentences {
    private static final int LONGEST = 2_000;

    private Sentences() {}

    /** One sentence of printable text and a code that is known. */
    static void require(String code, Set<String> known, String message) {
        if (!known.contains(code)) {
            throw new AssertionError("refused with the code " + code + ": " + message);
        }
        require(message);
    }

    static void require(String message) {
        if (message.isBlank() || message.length() > LONGEST) {
            throw new AssertionError("a sentence of " + message.length() + " characters");
        }
        if (message.codePoints().anyMatch(Sentences::isUnprintable)) {
            throw new AssertionError("a sentence with a control character: " + message);
        }
    }

    private static boolean isUnprintable(int point) {
        return Character.isISOControl(point)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.SURROGATE;
    }
}
