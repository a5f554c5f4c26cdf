package io.certwright.discovery;

/** Texts as the settings take them. */
final class Quoted {
    private Quoted() {}

    /** A text of YAML that stands for itself, whatever is in it; a placeholder of the settings does not begin in it. */
    static String text(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${") + '"';
    }
}
