package io.certwright.cli;

/** How many cells of a terminal a text takes: two for a wide character of East Asian scripts or an emoji, none for a combining mark. */
final class DisplayWidth {
    /** First and last code points of the wide blocks, in order (Unicode's East Asian Width W and F, by block). */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF,
        0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300,
        0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
    };

    private DisplayWidth() {}

    static int of(String text) {
        return isPlain(text)
                ? text.length()
                : text.codePoints().map(DisplayWidth::of).sum();
    }

    /** Nearly every text there is: worth a look of its own. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The text with spaces behind it (or before it) until it takes {@code width} cells; unchanged when it takes as many already. */
    static String pad(String text, int width, boolean right) {
        String spaces = " ".repeat(Math.max(0, width - of(text)));
        return right ? spaces + text : text + spaces;
    }

    /** As much of the text as fits into {@code width} cells, with an ellipsis where something was left off. */
    static String cut(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int cells = 1;
        for (int codePoint : text.codePoints().toArray()) {
            cells += of(codePoint);
            if (cells > width) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return kept.append('…').toString();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    private static boolean isWide(int codePoint) {
        for (int i = 0; i < WIDE.length; i += 2) {
            if (codePoint < WIDE[i]) {
                return false;
            }
            if (codePoint <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
