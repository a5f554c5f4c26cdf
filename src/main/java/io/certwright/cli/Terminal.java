package io.certwright.cli;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What stands at the other end of stdout and stderr: a terminal with a person, or a pipe, file or log.
 *
 * @param answers whether stdout is a terminal
 * @param notes whether stderr is a terminal
 * @param colours whether colours are welcome on whichever of the two is a terminal
 * @param columns the width of the terminal in cells
 */
public record Terminal(boolean answers, boolean notes, boolean colours, int columns) {
    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 20;

    public Terminal {
        if (columns < NARROWEST) {
            throw new IllegalArgumentException(
                    "A terminal has at least " + NARROWEST + " columns, but " + columns + " were given.");
        }
    }

    /** No terminal at all. */
    public static Terminal none() {
        return new Terminal(false, false, false, USUAL_WIDTH);
    }

    /**
     * What the launcher found out, since Java cannot ask for a single stream: the property {@code certwright.terminal} holds the
     * numbers of the streams that are terminals, {@code certwright.columns} the width. Without a launcher, stdout and stderr count
     * as terminals when Java has a console.
     *
     * @param property reads a system property, an empty text where there is none
     */
    public static Terminal detect(Map<String, String> environment, UnaryOperator<String> property, boolean console) {
        String streams = property.apply("certwright.terminal");
        boolean told = !streams.isEmpty();
        boolean answers = told ? streams.contains("1") : console;
        boolean notes = told ? streams.contains("2") : console;
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(answers, notes, colours && (answers || notes), width(property, environment));
    }

    private static int width(UnaryOperator<String> property, Map<String, String> environment) {
        String told = property.apply("certwright.columns");
        String wished = told.isEmpty() ? environment.getOrDefault("COLUMNS", "") : told;
        return wished.matches("[0-9]{1,4}") ? Math.max(NARROWEST, Integer.parseInt(wished)) : USUAL_WIDTH;
    }
}
