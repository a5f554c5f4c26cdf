package io.certwright.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Secrets that stand in settings as they are, to be read by everybody who reads the settings. */
public final class OpenSecrets {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:env|file):[^}]+\\}");

    private OpenSecrets() {}

    /** Their keys from the top, joined by dots; complete once all readers have read. */
    public static List<String> in(ConfigMapping settings) {
        List<String> found = new ArrayList<>();
        for (String key : settings.secrets()) {
            Node.Entry entry = settings.node().entries().get(key);
            if (entry != null
                    && entry.value() instanceof Node.Scalar scalar
                    && !scalar.isNull()
                    && !isPlaceholder(scalar.text())) {
                found.add(settings.path().isEmpty() ? key : settings.path() + "." + key);
            }
        }
        settings.children().values().forEach(child -> found.addAll(in(child)));
        return found;
    }

    /** Whether a text is {@code ${env:NAME}} or {@code ${file:PATH}} and nothing else. */
    public static boolean isPlaceholder(String text) {
        return PLACEHOLDER.matcher(text).matches();
    }
}
