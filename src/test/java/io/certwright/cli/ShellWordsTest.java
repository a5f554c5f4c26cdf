package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ShellWordsTest {
    private static final List<String> HOSTILE = List.of(
            "plain-1.2_x/y:z=@%+,",
            "",
            "two words",
            "it's",
            "\"double\"",
            "$(touch x) `touch y` ${env:NAME}",
            "line\r\nbreak",
            "# no comment",
            "\\backslash\\",
            "*?[a]~!&|;<>(){}",
            "\u201equotes\u201c \ud83d\ude00");

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_real_shell_hands_every_word_on_as_it_is() throws Exception {
        String command = ShellWords.of(false, HOSTILE).get("");

        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + command).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0", -1))
                .containsExactly(Stream.concat(HOSTILE.stream(), Stream.of("")).toArray(String[]::new));
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void words_without_signs_are_one_command_for_both_shells_of_windows() {
        assertThat(ShellWords.of(true, List.of("certwright", "init", "--ca", "builtin", "--ca-set", "folder=C:\\pki")))
                .isEqualTo(Map.of("", "certwright init --ca builtin --ca-set folder=C:\\pki"));
    }

    @Test
    void each_shell_of_windows_gets_quotes_of_its_own() {
        assertThat(ShellWords.of(true, List.of("certwright", "--user", "a b", "--mail-set", "password=${env:P'W}")))
                .containsExactly(
                        Map.entry("cmd.exe", "certwright --user \"a b\" --mail-set \"password=${env:P'W}\""),
                        Map.entry("PowerShell", "certwright --user 'a b' --mail-set 'password=${env:P''W}'"));
    }

    @Test
    void what_a_shell_of_windows_would_not_hand_on_is_not_offered_for_it() {
        assertThat(ShellWords.of(true, List.of("a&b"))).containsOnlyKeys("cmd.exe");
        assertThat(ShellWords.of(true, List.of("\u2018x"))).containsOnlyKeys("cmd.exe");
        for (String impossible : List.of("100%", "\"", "a\nb", "a b\\")) {
            assertThat(ShellWords.of(true, List.of(impossible))).as(impossible).isEmpty();
        }
    }
}
