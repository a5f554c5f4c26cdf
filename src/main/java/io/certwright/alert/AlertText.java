package io.certwright.alert;

/**
 * Makes words fit for an alert. They often come from elsewhere (a CA, a server), and an alert must go out whatever they hold, so
 * they are mended, not refused: nothing that could break a header or hide text remains, emoji and right-to-left letters do.
 */
final class AlertText {
    static final int LONGEST_LINE = 300;
    static final int LONGEST_TEXT = 8_000;

    private AlertText() {}

    /** One line: line breaks and control characters become single spaces, cut at 300 characters. */
    static String line(String text) {
        String shown = mend(text, false).replaceAll(" {2,}", " ").strip();
        return cut(shown, LONGEST_LINE);
    }

    /** Several lines: {@code \n} stays, cut at 8,000 characters. */
    static String lines(String text) {
        String unixLines = text.replace("\r\n", "\n").replace('\r', '\n');
        return cut(mend(unixLines, true).strip(), LONGEST_TEXT);
    }

    static boolean hasControls(String text) {
        return text.codePoints().anyMatch(AlertText::isHarmful);
    }

    private static String mend(String text, boolean keepLineFeeds) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(isHarmful(c) && !(keepLineFeeds && c == '\n') ? ' ' : c));
        return mended.toString();
    }

    /** Controls, line ends of every alphabet, lone surrogates, and the overrides that show text in another order than it has. */
    private static boolean isHarmful(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static String cut(String text, int longest) {
        int length = text.codePointCount(0, text.length());
        return length <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
