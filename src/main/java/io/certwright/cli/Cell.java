package io.certwright.cli;

import io.certwright.certificate.Printable;

/**
 * One field of a table or of a list of facts.
 *
 * @param text what stands in it; control characters in it are shown as escapes
 * @param tone how it is meant
 */
public record Cell(String text, Tone tone) {
    private static final int LONGEST = 1_000;

    public Cell {
        text = Printable.escape(text, LONGEST);
    }

    public static Cell of(Object value) {
        return value instanceof Cell cell ? cell : new Cell(String.valueOf(value), Tone.PLAIN);
    }
}
