package io.certwright.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Maps, lists, texts, numbers and flags as block-style YAML 1.2, in which every other text stands in double quotes. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/.](?:[A-Za-z0-9 ./_@%+-]*[A-Za-z0-9./_@%+-])?");
    private static final Pattern DURATION_OR_SHARE = Pattern.compile("\\d+[wdhms%](?: \\d+[dhms])*");
    private static final Pattern OTHER_THAN_TEXT = Pattern.compile(
            "true|false|null|[-+]?\\.(?:inf|nan)|[-+.]?[0-9.]+(?:e[-+]?[0-9]+)?|\\.+", Pattern.CASE_INSENSITIVE);

    private final StringBuilder written = new StringBuilder();

    private YamlText() {}

    /** Keys and values in the order of {@code tree}: nested maps and lists of String, Long and Boolean. */
    public static String of(Map<String, Object> tree) {
        YamlText text = new YamlText();
        text.entries(tree, 0);
        return text.written.toString();
    }

    private void entries(Map<?, ?> entries, int indent) {
        entries.forEach((key, value) -> {
            written.append(" ".repeat(indent)).append(word(key.toString())).append(':');
            below(value, indent + 2);
        });
    }

    private void items(List<?> items, int indent) {
        for (Object item : items) {
            written.append(" ".repeat(indent)).append('-');
            below(item, indent + 2);
        }
    }

    private void below(Object value, int indent) {
        if (value instanceof Map<?, ?> entries && !entries.isEmpty()) {
            written.append('\n');
            entries(entries, indent);
        } else if (value instanceof List<?> items && !items.isEmpty()) {
            written.append('\n');
            items(items, indent);
        } else {
            written.append(' ').append(single(value)).append('\n');
        }
    }

    private static String single(Object value) {
        if (value instanceof Map) {
            return "{}";
        }
        if (value instanceof List) {
            return "[]";
        }
        return value instanceof String text ? word(text) : value.toString();
    }

    private static String word(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() && !OTHER_THAN_TEXT.matcher(text).matches();
        return plain || DURATION_OR_SHARE.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(escape(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Letters and signs of any script stay readable; what cannot be seen, and halves of a pair, become escapes. */
    private static String escape(char c) {
        return Character.isLetterOrDigit(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    }
}
