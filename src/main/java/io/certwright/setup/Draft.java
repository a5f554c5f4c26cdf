package io.certwright.setup;

import io.certwright.config.SecretText;
import java.util.Map;

/**
 * Settings that are not written yet.
 *
 * @param text as the file is to have it
 * @param typed secrets that people typed, by the file beside the settings that is to hold each
 */
public record Draft(String text, Map<String, SecretText> typed) {
    public Draft {
        typed = Map.copyOf(typed);
    }
}
