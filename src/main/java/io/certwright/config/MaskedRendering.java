package io.certwright.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings in effect, fit to be shown: what is written and the defaults of what is not, every secret as {@code ***}. Secret is
 * what a reader read as one, every value whose key says so ({@code …password}, {@code …token}) and a password within a URL. A text
 * with a placeholder is shown as it is written, for what it stands for may be secret. Complete once all readers have read.
 */
public final class MaskedRendering {
    private static final String MASK = "***";
    private static final Pattern SECRET_KEY =
            Pattern.compile(".*(password|passphrase|secret|token|credential|private-key).*", Pattern.CASE_INSENSITIVE);

    private MaskedRendering() {}

    /** As YAML; reading it again gives the same settings, but for the secrets. */
    public static String yaml(ConfigMapping settings) {
        return YamlText.of(tree(settings));
    }

    /** As nested maps and lists of String, Long and Boolean, for JSON; keys in the order of the file, then the defaults. */
    public static Map<String, Object> tree(ConfigMapping settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        settings.node().entries().forEach((key, entry) -> {
            if (!(entry.value() instanceof Node.Scalar scalar && scalar.isNull())) {
                tree.put(key, value(key, entry.value(), settings));
            }
        });
        settings.defaults().forEach((key, value) -> {
            if (!value.equals("")) {
                tree.putIfAbsent(key, written(value));
            }
        });
        settings.children().forEach((key, section) -> {
            boolean written = settings.node().entries().containsKey(key);
            if (section.node().entries().isEmpty()
                    && (written || !section.defaults().isEmpty())
                    && !key.endsWith("]")) {
                tree.put(key, tree(section));
            }
        });
        return tree;
    }

    /** A default as it would stand in the file. */
    private static Object written(Object value) {
        if (value instanceof Integer number) {
            return Long.valueOf(number);
        }
        if (value instanceof Duration duration) {
            return DurationText.format(duration);
        }
        if (value instanceof Enum<?> constant) {
            return Words.of(constant);
        }
        return value instanceof Boolean ? value : value.toString();
    }

    private static Object value(String key, Node node, ConfigMapping parent) {
        if (parent.secrets().contains(key)) {
            return MASK;
        }
        return Optional.ofNullable(parent.children().get(key))
                .<Object>map(MaskedRendering::tree)
                .orElseGet(() -> unread(key, node, parent));
    }

    private static Object unread(String key, Node node, ConfigMapping parent) {
        if (node instanceof Node.Entries entries) {
            return tree(parent.unread(entries));
        }
        if (node instanceof Node.Items list) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                values.add(value(key + "[" + i + "]", list.items().get(i), parent));
            }
            return values;
        }
        return node instanceof Node.Scalar scalar && !SECRET_KEY.matcher(key).matches() ? single(scalar) : MASK;
    }

    private static Object single(Node.Scalar scalar) {
        if (scalar.isFlag()) {
            return scalar.text().equalsIgnoreCase("true");
        }
        return scalar.plain() ? number(scalar.text()) : UrlSecrets.mask(scalar.text());
    }

    /** Only what is written as we would write it is shown as a number: {@code 007} may be a text. */
    private static Object number(String text) {
        try {
            long number = Long.parseLong(text);
            return Long.toString(number).equals(text) ? (Object) number : text;
        } catch (NumberFormatException notOne) {
            return UrlSecrets.mask(text);
        }
    }
}
