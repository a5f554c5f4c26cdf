package io.certwright.windows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions of certwright.ps1 as a reader sees them: parameters, and the keys of the hashtables they answer with. */
final class ScriptText {
    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^function ([A-Za-z]+-[A-Za-z]+) \\{\n(.*?)^}$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:\\[Parameter\\(Mandatory = \\$true\\)]|\\[AllowEmptyString\\(\\)])*)(?:\\[([A-Za-z\\[\\]]+)])?\\$([A-Za-z]+)");
    private static final Pattern ANSWER = Pattern.compile("(?m)(?:^ +|return |\\{ )(?=@\\{)");
    private static final Pattern DELEGATED = Pattern.compile("(?m)^ +(ConvertTo-[A-Za-z]+Answer) ");

    record Parameter(String name, String type, boolean mandatory, boolean mayBeEmpty) {}

    record Function(String name, List<Parameter> parameters, String body) {}

    private final String text;

    ScriptText(String text) {
        this.text = text;
    }

    Map<String, Function> functions() {
        Map<String, Function> found = new LinkedHashMap<>();
        Matcher functions = FUNCTION.matcher(text);
        while (functions.find()) {
            found.put(functions.group(1), function(functions.group(1), functions.group(2)));
        }
        return found;
    }

    /** What the dispatcher lets through. */
    Set<String> calls() {
        int from = text.indexOf("$Calls = @(");
        String list = text.substring(from, text.indexOf("\n)", from));
        return new TreeSet<>(Pattern.compile("'([^']+)'")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .toList());
    }

    private static Function function(String name, String body) {
        int opens = body.indexOf("param(");
        if (opens < 0 || opens > 6) {
            return new Function(name, List.of(), body);
        }
        int closes = closing(body, opens + "param".length());
        List<Parameter> parameters = new ArrayList<>();
        Matcher each = PARAMETER.matcher(body.substring(opens + "param(".length(), closes));
        while (each.find()) {
            if (!each.group(3).equals("true")) {
                String marks = each.group(1);
                parameters.add(new Parameter(
                        each.group(3),
                        each.group(2) == null ? "" : each.group(2),
                        marks.contains("Mandatory"),
                        marks.contains("AllowEmptyString")));
            }
        }
        return new Function(name, parameters, body.substring(closes + 1));
    }

    /** The shapes of all answers of a function: what it may return, each as its keys. */
    List<Map<String, String>> answersOf(String function) {
        String body = functions().get(function).body();
        Matcher delegated = DELEGATED.matcher(body);
        if (delegated.find()) {
            return answersOf(delegated.group(1));
        }
        List<Map<String, String>> answers = new ArrayList<>();
        Matcher starts = ANSWER.matcher(body);
        int end = -1;
        while (starts.find()) {
            if (starts.end() > end) {
                end = closing(body, starts.end() + 1);
                answers.add(keys(body.substring(starts.end() + 2, end)));
            }
        }
        return answers;
    }

    /** The one hashtable within a value, where a list of objects is answered; an empty list has none. */
    static List<Map<String, String>> within(String value) {
        int at = value.indexOf("@{");
        return at < 0 ? List.of() : List.of(keys(value.substring(at + 2, closing(value, at + 1))));
    }

    /** Each key with the text of its value. */
    private static Map<String, String> keys(String inner) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String statement : statements(inner)) {
            int equals = statement.indexOf('=');
            if (equals > 0) {
                keys.put(
                        statement.substring(0, equals).strip(),
                        statement.substring(equals + 1).strip());
            }
        }
        return keys;
    }

    private static List<String> statements(String inner) {
        List<String> statements = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\'') {
                i = inner.indexOf('\'', i + 1);
            } else if (c == '(' || c == '{' || c == '[') {
                i = closing(inner, i);
            } else if (c == ';' || c == '\n') {
                statements.add(inner.substring(from, i));
                from = i + 1;
            }
        }
        statements.add(inner.substring(from));
        return statements;
    }

    /** Where the bracket that opens at {@code at} closes. */
    private static int closing(String text, int at) {
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = text.indexOf(c, i + 1);
            } else if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if (c == ')' || c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        throw new IllegalArgumentException("no closing bracket from " + at);
    }
}
