package io.certwright.config;

import io.certwright.certificate.Printable;

/** One thing that is wrong in the settings: where, and what was got and wanted. Never holds a secret or a line break. */
public record Fault(Position at, String sentence) {
    private static final int LONGEST = 1000;

    public Fault {
        sentence = Printable.escape(UrlSecrets.mask(sentence), LONGEST);
    }

    /** {@code file:line:column: what, got, wanted}. */
    @Override
    public String toString() {
        return at + ": " + sentence;
    }
}
