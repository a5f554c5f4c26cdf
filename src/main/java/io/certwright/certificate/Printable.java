package io.certwright.certificate;

/** Foreign text made fit for a message: quoted, control characters and invisible ones shown as escapes, cut when long. */
public final class Printable {
    private static final int LONGEST = 80;

    private Printable() {}

    /** {@code "text"} in double quotes, at most 80 characters of it, with nothing in it that could break a line or a header. */
    public static String quote(String text) {
        return '"' + escape(text, LONGEST) + '"';
    }

    /** The text without quotes, at most {@code longest} characters of it. */
    public static String escape(String text, int longest) {
        return text.length() <= longest && isPlain(text) ? text : escapeEach(text, longest);
    }

    /** Nearly every text there is: worth a look of its own. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String escapeEach(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        int[] codePoints = text.codePoints().limit(longest).toArray();
        for (int codePoint : codePoints) {
            if (isInvisible(codePoint)) {
                shown.append(String.format("\\u%04x", codePoint));
            } else {
                shown.appendCodePoint(codePoint);
            }
        }
        long left = text.codePoints().count() - codePoints.length;
        return left > 0 ? shown + "… (" + left + " more)" : shown.toString();
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isISOControl(codePoint)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }
}
