package io.certwright.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a new entry at the head of a section of a settings file, and leaves every other line as it is, comments included. */
public final class SettingsInsertion {
    private static final String USUAL_INDENT = "  ";
    private static final Pattern INDENTED = Pattern.compile("( +)[^ #].*");

    private final List<String> lines;

    public SettingsInsertion(String text) {
        this.lines = text.lines().toList();
    }

    /**
     * The text with the entry; empty where the section is written on one line, in braces, which is a person's to open up.
     *
     * @param entry without indentation of its own
     */
    public Optional<String> into(String section, List<String> entry) {
        Pattern head = Pattern.compile(Pattern.quote(section) + ":(.*)");
        for (int i = 0; i < lines.size(); i++) {
            Matcher found = head.matcher(lines.get(i));
            if (found.matches()) {
                return into(i, section, found.group(1).strip(), entry);
            }
        }
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of("", section + ":"));
        entry.forEach(line -> all.add(USUAL_INDENT + line));
        return Optional.of(text(all));
    }

    private Optional<String> into(int at, String section, String rest, List<String> entry) {
        boolean open = rest.isEmpty() || rest.startsWith("#");
        if (!open && !rest.equals("{}")) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(lines.subList(0, at));
        all.add(open ? lines.get(at) : section + ":");
        String indent = open ? indentAfter(at) : USUAL_INDENT;
        entry.forEach(line -> all.add(indent + line));
        all.addAll(lines.subList(at + 1, lines.size()));
        return Optional.of(text(all));
    }

    /** As the next entry of the section has it. */
    private String indentAfter(int at) {
        for (String line : lines.subList(at + 1, lines.size())) {
            Matcher indented = INDENTED.matcher(line);
            if (indented.matches()) {
                return indented.group(1);
            }
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                return USUAL_INDENT;
            }
        }
        return USUAL_INDENT;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
