package io.certwright.trust.windows;

import java.util.stream.Collectors;

/** Foreign text inside HTML. */
final class Html {
    private Html() {}

    /** ASCII only, so that no wrong guess of the encoding can garble a name. */
    static String text(String foreign) {
        return foreign.codePoints().mapToObj(Html::character).collect(Collectors.joining());
    }

    private static String character(int codePoint) {
        return switch (codePoint) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> codePoint < 128 ? Character.toString(codePoint) : "&#" + codePoint + ";";
        };
    }
}
