package io.certwright.config;

import io.certwright.certificate.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Puts in what {@code ${env:NAME}} and {@code ${file:PATH}} stand for; a second dollar sign in front makes it a plain text. A
 * relative file is looked for in the folder of the settings file, and one line break at its end is dropped. What is put in is not
 * looked at again.
 */
final class Placeholders {
    private static final int LONGEST_FILE = 64 * 1024;

    private final Map<String, String> environment;
    private final Map<String, SecretText> unwritten;
    private final Path folder;
    private final Consumer<Path> filesRead;

    /**
     * @param unwritten what files that are not there yet will hold, by the PATH of their placeholder
     * @param filesRead is told every file that a placeholder names, there or not
     */
    Placeholders(
            Map<String, String> environment, Map<String, SecretText> unwritten, Path folder, Consumer<Path> filesRead) {
        this.environment = environment;
        this.unwritten = unwritten;
        this.folder = folder;
        this.filesRead = filesRead;
    }

    static boolean isIn(String text) {
        return text.contains("${");
    }

    /** @throws IllegalArgumentException a sentence, if a placeholder is none or stands for nothing */
    String fillText(String text) {
        return fill(text, name -> {
            throw new IllegalArgumentException("got ${file:" + Printable.escape(name, 80)
                    + "}, wanted the text itself: a file may stand for a secret only");
        });
    }

    /**
     * For secrets, where a file may stand for the text.
     *
     * @throws IllegalArgumentException a sentence without any of the secret
     */
    String fillSecret(String text) {
        return fill(text, this::contentOf);
    }

    private String fill(String text, UnaryOperator<String> file) {
        if (!isIn(text)) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            if (at > from && text.charAt(at - 1) == '$') {
                filled.append(text, from, at - 1).append("${");
                from = at + 2;
            } else {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException(
                            "got a ${ that is not closed, wanted ${env:NAME} or ${file:PATH}; write $${ for a plain ${");
                }
                filled.append(text, from, at).append(valueOf(text.substring(at + 2, end), file));
                from = end + 1;
            }
        }
        return filled.append(text, from, text.length()).toString();
    }

    private String valueOf(String placeholder, UnaryOperator<String> file) {
        if (placeholder.startsWith("env:")) {
            return variable(placeholder.substring(4));
        }
        if (placeholder.startsWith("file:")) {
            return file.apply(placeholder.substring(5));
        }
        throw new IllegalArgumentException(
                "got a placeholder of an unknown kind, wanted ${env:NAME} or ${file:PATH}; write $${ for a plain ${");
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("got ${env:" + Printable.escape(name, 80)
                    + "}, but the environment variable is not set: set it for the user that runs Certwright");
        }
        return value;
    }

    private String contentOf(String name) {
        SecretText known = unwritten.get(name);
        if (known != null) {
            return revealed(known);
        }
        String written = "got ${file:" + Printable.escape(name, 200) + "}, but ";
        try {
            Path file = folder.resolve(name).normalize();
            FileText content = FileText.read(file, file.toString(), LONGEST_FILE);
            filesRead.accept(file);
            return content.text()
                    .map(Placeholders::withoutLastLineBreak)
                    .orElseThrow(() -> new IllegalArgumentException(
                            written + Printable.escape(file.toString(), 300) + " " + content.fault()));
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(
                    written + "that is no path of this system: " + invalid.getReason(), invalid);
        }
    }

    private static String revealed(SecretText secret) {
        char[] text = secret.reveal();
        try {
            return new String(text);
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    private static String withoutLastLineBreak(String text) {
        int end = text.length();
        if (text.endsWith("\n")) {
            end -= text.endsWith("\r\n") ? 2 : 1;
        }
        return text.substring(0, end);
    }
}
