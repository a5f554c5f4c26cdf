package io.certwright.setup;

import java.util.List;

/**
 * A kind of CA or of way to a host.
 *
 * @param word as the settings call it
 * @param line what it is
 */
public record Kind(String word, String line, List<Question> questions) {
    public Kind {
        questions = List.copyOf(questions);
    }
}
