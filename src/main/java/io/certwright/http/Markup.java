package io.certwright.http;

import java.util.List;

/** Takes markup out of a page in one pass, whatever is in it: tags, comments, and elements whose content nobody sees. */
public final class Markup {
    private static final List<String> UNSEEN = List.of("script", "style", "head");

    private final String page;
    private final String lower;
    private final StringBuilder seen = new StringBuilder();

    private Markup(String page) {
        this.page = page;
        this.lower = inLowerCase(page);
    }

    /** Each piece of markup becomes a blank; what is never closed reaches to the end. */
    public static String removedFrom(String page) {
        Markup markup = new Markup(page);
        int at = 0;
        while (at < page.length()) {
            at = markup.after(at);
        }
        return markup.seen.toString();
    }

    private int after(int at) {
        int open = page.indexOf('<', at);
        if (open < 0) {
            seen.append(page, at, page.length());
            return page.length();
        }
        seen.append(page, at, open).append(' ');
        if (page.startsWith("<!--", open)) {
            return endOf("-->", open);
        }
        for (String name : UNSEEN) {
            if (lower.startsWith(name, open + 1) && !isLetter(open + 1 + name.length())) {
                return endOf(">", endOf("</" + name, open) - 1);
            }
        }
        return endOf(">", open);
    }

    /** Behind the next such text. */
    private int endOf(String text, int from) {
        int found = lower.indexOf(text, from);
        return found < 0 ? page.length() : found + text.length();
    }

    private boolean isLetter(int at) {
        return at < lower.length() && lower.charAt(at) >= 'a' && lower.charAt(at) <= 'z';
    }

    /** Of ASCII alone, so that every character keeps its place. */
    private static String inLowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }
}
