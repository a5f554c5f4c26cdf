package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    private final FakeHouse house = new FakeHouse();

    @Test
    @EnabledOnOs(OS.LINUX)
    void completes_commands_in_a_real_bash(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, Run.of(house, "completion", "bash").out());

        assertThat(bash("source " + script
                        + "; COMP_WORDS=(certwright comp); COMP_CWORD=1; COMP_LINE='certwright comp';"
                        + " COMP_POINT=15; _complete_certwright; echo ${COMPREPLY[@]}"))
                .isEqualTo("completion\n");
        assertThat(
                        bash(
                                "source " + script + "; COMP_WORDS=(certwright completion ''); COMP_CWORD=2;"
                                        + " COMP_LINE='certwright completion '; COMP_POINT=22; _complete_certwright; echo ${COMPREPLY[@]}"))
                .contains("bash", "powershell");
    }

    @Test
    void writes_a_table_of_following_words_for_powershell() {
        String script = Run.of(house, "completion", "powershell").out();

        assertThat(script)
                .contains(
                        "Register-ArgumentCompleter -Native -CommandName 'certwright', 'certwright.cmd' -ScriptBlock {")
                .containsPattern(
                        "(?m)^        '' = @\\('.*'completion', '--config', '--json', '--verbose', '--quiet', '--help', "
                                + "'--version'\\)$")
                .contains("        'completion' = @('bash', 'powershell', '--config',");
    }

    @Test
    void gives_the_script_as_json_too() {
        assertThat(Run.of(house, "completion", "powershell", "--json").out())
                .startsWith("{\"shell\":\"powershell\",\"script\":\"# Completion of certwright for PowerShell.");
    }

    @Test
    void names_the_shells_that_it_knows() {
        assertThat(Run.of(house, "completion", "fish"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: Invalid value for positional parameter at index 0 (SHELL): expected one of [bash,"
                                + " powershell] (case-insensitive) but was 'fish'. certwright completion --help tells more."
                                + System.lineSeparator()));
        assertThat(Run.of(house, "completion").err())
                .isEqualTo("certwright: Missing required parameter: 'SHELL'. certwright completion --help tells more."
                        + System.lineSeparator());
    }

    private static String bash(String commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "--norc", "-c", commands)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
