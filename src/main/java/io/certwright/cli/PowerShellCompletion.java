package io.certwright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for Windows PowerShell 5.1 and later: one table from the words so far to the words that may follow. */
final class PowerShellCompletion {
    private static final String SCRIPT = """
            # Completion of certwright for PowerShell. Load it with:
            #   certwright completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName 'certwright', 'certwright.cmd' -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $following = @{
            %s
                }
                $path = ''
                foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
                    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                    $longer = ($path + ' ' + $element.Extent.Text).Trim()
                    if ($following.ContainsKey($longer)) { $path = $longer }
                }
                $following[$path] | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
                    New-Object -TypeName System.Management.Automation.CompletionResult -ArgumentList $_, $_, 'ParameterValue', $_
                }
            }""";

    private PowerShellCompletion() {}

    static String script(CommandLine root) {
        Map<String, List<String>> following = new TreeMap<>();
        collect("", root, following);
        String table = following.entrySet().stream()
                .map(entry -> "        " + literal(entry.getKey()) + " = @(" + literals(entry.getValue()) + ")")
                .collect(Collectors.joining("\n"));
        return SCRIPT.formatted(table);
    }

    private static void collect(String path, CommandLine command, Map<String, List<String>> following) {
        List<String> words = new ArrayList<>();
        command.getSubcommands().forEach((name, subcommand) -> {
            words.add(name);
            collect((path + " " + name).strip(), subcommand, following);
        });
        for (ArgSpec positional : command.getCommandSpec().positionalParameters()) {
            if (positional.completionCandidates() != null) {
                positional.completionCandidates().forEach(words::add);
            }
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            words.add(option.longestName());
        }
        following.put(path, words);
    }

    private static String literals(List<String> words) {
        return words.stream().map(PowerShellCompletion::literal).collect(Collectors.joining(", "));
    }

    private static String literal(String word) {
        return "'" + word.replace("'", "''") + "'";
    }
}
