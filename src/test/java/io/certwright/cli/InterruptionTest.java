package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.testing.TestClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class InterruptionTest {
    private static final String SENTENCE = "Interrupted; nothing is left half done, run it again to go on.";

    @TempDir
    Path folder;

    @Test
    void ends_with_130_after_everything_was_closed() throws Exception {
        Run run = interrupt("INT", "ends", "renew");

        assertThat(run).isEqualTo(new Run(130, "", "certwright: " + SENTENCE + "\n"));
        assertThat(Files.readString(diary())).isEqualTo("started\ninterrupted\nclosed\n");
    }

    @Test
    void tells_a_script_by_one_json_document() throws Exception {
        Run run = interrupt("INT", "ends", "renew", "--json");

        assertThat(run)
                .isEqualTo(new Run(
                        130,
                        "{\"error\":{\"exit\":130,\"code\":\"INTERRUPTED\",\"message\":\"" + SENTENCE + "\"}}\n",
                        ""));
    }

    @Test
    void closes_everything_when_the_system_asks_it_to_end() throws Exception {
        assertThat(interrupt("TERM", "ends", "renew").exit()).isEqualTo(143);
        assertThat(Files.readString(diary())).isEqualTo("started\ninterrupted\nclosed\n");
    }

    @Test
    void ends_within_its_limit_though_the_command_hangs() throws Exception {
        assertThat(interrupt("INT", "hangs", "renew").exit()).isEqualTo(130);
        assertThat(Files.readString(diary())).isEqualTo("started\n");
    }

    @Test
    void ends_within_its_limit_though_a_hook_of_a_library_hangs() throws Exception {
        assertThat(interrupt("INT", "hook-hangs", "renew").exit()).isEqualTo(130);
        assertThat(Files.readString(diary())).isEqualTo("started\ninterrupted\nclosed\n");
    }

    private Path diary() {
        return folder.resolve("diary");
    }

    /** Starts the process, waits until its command runs, sends the signal and waits for the end. */
    private Run interrupt(String signal, String manner, String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command(manner, words))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            waitFor(process, "started");
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Under {@code env}, because a build that runs in the background hands on SIGINT as ignored. */
    private List<String> command(String manner, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                TestClassPath.text(),
                InterruptedProcess.class.getName(),
                diary().toString(),
                manner));
        command.addAll(List.of(words));
        return command;
    }

    private void waitFor(Process process, String line) throws IOException, InterruptedException {
        for (int look = 0; look < 3_000 && process.isAlive(); look++) {
            if (Files.exists(diary())
                    && Files.readString(diary(), StandardCharsets.UTF_8).contains(line)) {
                return;
            }
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("The process did not start its command.");
    }
}
