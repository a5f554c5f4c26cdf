package io.certwright.policy;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A label of a DNS name whose third and fourth characters are hyphens (RFC 5890, 2.3.2.1): an A-label if it begins with
 * {@code xn--} and decodes to a label of letters, else reserved.
 *
 * @param text in lower case
 */
record InternationalLabel(String text) {
    private static final String PREFIX = "xn--";
    private static final Set<Character.UnicodeScript> MIXED_IN_JAPANESE_AND_KOREAN = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.BOPOMOFO,
            Character.UnicodeScript.LATIN);

    static boolean isOne(String label) {
        return label.startsWith("--", 2);
    }

    boolean isReserved() {
        return !text.startsWith(PREFIX);
    }

    /** Whether it is the A-label of a U-label: decodable, not plain ASCII, composed, of letters, marks and digits (RFC 5891, 4.2). */
    boolean isALabel() {
        return findUnicode().filter(InternationalLabel::isULabel).isPresent();
    }

    /** Letters of scripts that look alike beside each other, as in a name made to be mistaken for another one. */
    boolean mixesScripts() {
        Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
        findUnicode()
                .ifPresent(unicode -> unicode.codePoints()
                        .filter(Character::isLetter)
                        .mapToObj(Character.UnicodeScript::of)
                        .forEach(scripts::add));
        return scripts.size() > 1 && !MIXED_IN_JAPANESE_AND_KOREAN.containsAll(scripts);
    }

    /** The label as people write it. */
    Optional<String> findUnicode() {
        return isReserved() ? Optional.empty() : Punycode.decode(text.substring(PREFIX.length()));
    }

    private static boolean isULabel(String unicode) {
        OptionalInt first = unicode.codePoints().findFirst();
        return first.isPresent()
                && !isMark(first.getAsInt())
                && unicode.codePoints().anyMatch(c -> c >= 0x80)
                && !unicode.startsWith("-")
                && !unicode.endsWith("-")
                && !unicode.startsWith("--", 2)
                && Normalizer.isNormalized(unicode, Normalizer.Form.NFC)
                && unicode.codePoints().allMatch(InternationalLabel::isOfAName);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** The joiners and the middle dots that some scripts need are let through wherever they stand. */
    private static boolean isOfAName(int c) {
        boolean contextual =
                c == 0x200C || c == 0x200D || c == 0x00B7 || c == 0x30FB || c == 0x0375 || c == 0x05F3 || c == 0x05F4;
        boolean lower = !Character.isUpperCase(c) && !Character.isTitleCase(c);
        return c == '-' || contextual || (Character.isLetterOrDigit(c) && lower) || isMark(c);
    }
}
