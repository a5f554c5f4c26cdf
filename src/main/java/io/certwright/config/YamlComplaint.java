package io.certwright.config;

import io.certwright.certificate.Printable;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** What the YAML library complains of, in one sentence a person without YAML in the head can act on. */
final class YamlComplaint {
    static final String TOO_DEEP = "nesting without end";

    /** The first line whose words are all in the complaint says what it means; order matters. */
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(TOO_DEEP, "got more than 32 levels of nesting, wanted fewer"),
            new Meaning("(TAB)", "got a tab, wanted spaces: YAML is indented by spaces alone"),
            new Meaning(
                    "mapping values are not allowed here",
                    "got a colon that cannot start a value here, wanted keys of one mapping at the same indentation, and quotes"
                            + " around a text with a colon and a space in it"),
            new Meaning(
                    "sequence entries are not allowed here",
                    "got a list item here, wanted it on a line of its own below its key"),
            new Meaning(
                    "could not find expected ':'",
                    "got a line without a colon, wanted \"key: value\"; a text of several lines needs quotes"),
            new Meaning("block mapping expected <block end>", Meaning.INDENTATION),
            new Meaning("block collection expected <block end>", Meaning.INDENTATION),
            new Meaning(
                    "quoted scalar found unexpected end of stream",
                    "got the end of the file inside a quoted text, wanted the closing quote"),
            new Meaning(
                    "flow sequence expected ',' or ']'",
                    "got a list in brackets that is not closed or lacks a comma, wanted \", \" between its items and \"]\" at its"
                            + " end"),
            new Meaning(
                    "flow mapping expected ',' or '}'",
                    "got a mapping in braces that is not closed or lacks a comma, wanted \", \" between its entries, \"}\" at its"
                            + " end, and quotes around a text with braces"),
            new Meaning(
                    "unknown escape character",
                    "got a backslash that starts no known escape, wanted \\\\ for a backslash, or single quotes around the text"),
            new Meaning(
                    "that cannot start any token",
                    "got a character that cannot start a value, wanted quotes around a text that starts with it"));

    private YamlComplaint() {}

    static void report(YamlEngineException complaint, String text, String file, Faults faults) {
        if (complaint instanceof ReaderException reader) {
            faults.add(
                    FileText.positionOf(text, reader.getPosition(), file),
                    String.format(
                            "got the character U+%04X, wanted text: YAML allows no control characters",
                            reader.getCodePoint()));
        } else if (complaint instanceof MarkedYamlEngineException marked) {
            faults.add(position(marked, file), sentence(marked));
        } else if (complaint instanceof YamlVersionException version) {
            faults.add(
                    Position.ofWhole(file),
                    "got YAML version " + version.getSpecVersion().getRepresentation() + ", wanted 1.2");
        } else {
            faults.add(Position.ofWhole(file), "cannot be read as YAML: " + complaint.getMessage());
        }
    }

    private static Position position(MarkedYamlEngineException marked, String file) {
        return marked.getProblemMark()
                .or(marked::getContextMark)
                .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Position.ofWhole(file));
    }

    private static String sentence(MarkedYamlEngineException marked) {
        String context = Optional.ofNullable(marked.getContext()).orElse("");
        String words = (context + " " + Optional.ofNullable(marked.getProblem()).orElse("")).strip();
        return MEANINGS.stream()
                .filter(meaning -> words.contains(meaning.words()))
                .findFirst()
                .map(meaning -> "cannot be read as YAML: " + meaning.sentence())
                .orElse("cannot be read as YAML: " + Printable.escape(words, 200));
    }

    private record Meaning(String words, String sentence) {
        private static final String INDENTATION =
                "got a line whose indentation fits none of the lines above, wanted keys of one mapping at the same indentation";
    }
}
