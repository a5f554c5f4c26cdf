package io.certwright.cli;

/** What was asked for cannot be meant so: an unknown name, two options that exclude each other. Ends with exit code 2. */
public final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The sentence is for people: what, got, wanted and what now. */
    public WrongUsage(String sentence) {
        super(sentence);
    }
}
