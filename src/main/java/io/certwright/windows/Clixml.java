package io.certwright.windows;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What PowerShell writes to stderr under {@code -EncodedCommand}: {@code #< CLIXML} and objects in XML, of which errors are texts. */
final class Clixml {
    private static final String MARK = "#< CLIXML";
    private static final Pattern ERROR = Pattern.compile("<S S=\"Error\">([^<]*)</S>");
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
    private static final Pattern BREAKS = Pattern.compile("\\s*[\r\n]+\\s*");

    private Clixml() {}

    /** The error lines as one line; text that is no CLIXML is itself. */
    static String errorsOf(String stderr) {
        String errors = stderr.contains(MARK)
                ? ERROR.matcher(stderr).results().map(found -> found.group(1)).collect(Collectors.joining())
                : stderr;
        String decoded = ESCAPED.matcher(entities(errors)).replaceAll(Clixml::character);
        return BREAKS.matcher(COLOUR.matcher(decoded).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    private static String character(MatchResult found) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }

    private static String entities(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
