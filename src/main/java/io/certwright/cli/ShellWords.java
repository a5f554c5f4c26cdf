package io.certwright.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command that a person may paste into a shell: each word arrives as it is, whatever is in it. */
final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Pattern PLAIN_ON_WINDOWS = Pattern.compile("[A-Za-z0-9_./:=+\\\\-][A-Za-z0-9_./:=+@\\\\-]*");

    /** cmd.exe puts variables in and ends quotes; java.exe reads a backslash before a quote as its escape. */
    private static final Pattern NOT_FOR_CMD = Pattern.compile("[\"%\\p{Cntrl}]|\\\\$", Pattern.DOTALL);

    /** PowerShell hands words without spaces to cmd.exe without quotes, and takes typographic quotes for quotes. */
    private static final Pattern NOT_FOR_POWERSHELL =
            Pattern.compile("[\"%&|<>^()\\p{Cntrl}\u2018-\u201f]|\\\\$", Pattern.DOTALL);

    private ShellWords() {}

    /** The command by the name of the shell, a name only where there is a choice; none where no shell would hand on every word. */
    static Map<String, String> of(boolean windows, List<String> words) {
        if (!windows) {
            return Map.of("", joined(words, ShellWords::posix));
        }
        Map<String, String> commands = new LinkedHashMap<>();
        if (words.stream().allMatch(word -> PLAIN_ON_WINDOWS.matcher(word).matches())) {
            commands.put("", String.join(" ", words));
            return commands;
        }
        if (words.stream().noneMatch(word -> NOT_FOR_CMD.matcher(word).find())) {
            commands.put("cmd.exe", joined(words, word -> quoted(word, "\"", "\"")));
        }
        if (words.stream().noneMatch(word -> NOT_FOR_POWERSHELL.matcher(word).find())) {
            commands.put("PowerShell", joined(words, word -> quoted(word, "'", "''")));
        }
        return commands;
    }

    private static String joined(List<String> words, UnaryOperator<String> quoting) {
        return words.stream().map(quoting).collect(Collectors.joining(" "));
    }

    private static String posix(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String quoted(String word, String quote, String inside) {
        return PLAIN_ON_WINDOWS.matcher(word).matches() ? word : quote + word.replace(quote, inside) + quote;
    }
}
