package io.certwright.doctor;

/**
 * Something that is not as it should be.
 *
 * @param sentence what, on what, got and wanted
 * @param fix what mends it
 */
public record Finding(Gravity gravity, String sentence, String fix) {
    /** How much it matters. */
    public enum Gravity {
        /** All works, but a person should know. */
        WARNING,
        /** Something does not work, or soon will not. */
        WRONG
    }

    static Finding warning(String sentence, String fix) {
        return new Finding(Gravity.WARNING, sentence, fix);
    }

    static Finding wrong(String sentence, String fix) {
        return new Finding(Gravity.WRONG, sentence, fix);
    }
}
