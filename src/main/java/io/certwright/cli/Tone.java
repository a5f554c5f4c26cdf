package io.certwright.cli;

/** How a piece of text is meant, shown as a colour where colours are welcome. Never the only carrier of a meaning. */
public enum Tone {
    PLAIN(""),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The text in this tone; unchanged when {@code colours} are not welcome. */
    public String paint(String text, boolean colours) {
        return colours && !code.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
