package io.certwright.setup;

/**
 * One thing that a person is asked for.
 *
 * @param key of the settings, nested ones joined by dots: {@code http-01.listen}
 * @param text what is asked, without the sign that ends a question
 * @param usual the answer that is taken where a person gives none; empty where there is no usual one
 * @param onlyWith the key that must have been answered for this to be asked; empty where it always is
 * @param unless the key that makes this needless where it was answered; empty where none does
 */
public record Question(
        String key, String text, Nature nature, boolean isNeeded, String usual, String onlyWith, String unless) {
    /** What kind of answer is wanted. */
    public enum Nature {
        /** One text. */
        TEXT,
        /** Several texts, commas between them. */
        LIST,
        /** Yes or no. */
        FLAG,
        /** What nobody may read along; it is kept in a file of its own. */
        SECRET,
        /** A file that holds a secret, and that the settings point at. */
        SECRET_FILE,
        /** A file. */
        FILE
    }

    static Question needed(String key, String text) {
        return new Question(key, text, Nature.TEXT, true, "", "", "");
    }

    static Question optional(String key, String text) {
        return new Question(key, text, Nature.TEXT, false, "", "", "");
    }

    static Question secret(String key, String text) {
        return new Question(key, text, Nature.SECRET, false, "", "", "");
    }

    Question as(Nature other) {
        return new Question(key, text, other, isNeeded, usual, onlyWith, unless);
    }

    /** The same with another usual answer. */
    public Question usually(String answer) {
        return new Question(key, text, nature, isNeeded, answer, onlyWith, unless);
    }

    Question onlyWith(String other) {
        return new Question(key, text, nature, isNeeded, usual, other, unless);
    }

    Question unless(String other) {
        return new Question(key, text, nature, isNeeded, usual, onlyWith, other);
    }

    /** Whether it is to be asked after these answers. */
    public boolean isAskedAfter(Answers given) {
        return (onlyWith.isEmpty() || given.has(onlyWith)) && (unless.isEmpty() || !given.has(unless));
    }
}
