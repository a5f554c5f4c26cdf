package io.certwright.binding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "shell commands of POSIX")
class ReloadTest {
    @TempDir
    private Path folder;

    @Test
    void ends_the_whole_tree_at_its_limit() throws Exception {
        Path child = folder.resolve("child");
        Path orphan = folder.resolve("orphan");
        Reload stuck = shell(
                "(sleep 300 & echo $! > " + orphan + ") ; sh -c 'echo $$ > " + child
                        + "; sleep 300' & echo waiting; wait",
                Duration.ofSeconds(1));

        assertThatThrownBy(stuck::run)
                .isInstanceOf(LifecycleException.class)
                .hasMessage("files: the reload command \"sh\" did not end within 1 s and was ended with all that it"
                        + " started, saying \"waiting\"; run it by hand and correct it or the server's settings");
        assertThat(hasEnded(child)).isTrue();
        assertThat(hasEnded(orphan)).isTrue();
    }

    @Test
    void a_server_left_running_does_not_hold_it_up() throws Exception {
        Path server = folder.resolve("server");
        long begun = System.nanoTime();

        shell("sleep 60 & echo $! > " + server, Duration.ofSeconds(20)).run();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(processIn(server)).get().satisfies(running -> {
            assertThat(running.isAlive()).isTrue();
            running.destroyForcibly();
        });
    }

    @Test
    void shows_the_end_of_what_a_chatty_program_said() {
        Reload chatty = shell("seq 1 200000; printf 'the last \\033[31mline'; exit 1", Duration.ofSeconds(20));

        assertThatThrownBy(chatty::run)
                .isInstanceOf(LifecycleException.class)
                .hasMessageStartingWith("files: the reload command \"sh\" ended with 1, saying \"…")
                .hasMessageContaining("200000\\u000athe last \\u001b[31mline\"")
                .hasMessageMatching("\\P{Cntrl}{1,900}");
    }

    @Test
    void a_program_that_is_not_there_is_said_so() {
        Reload absent = new Reload(List.of("/nowhere/nginx", "--password=secret"), Duration.ofSeconds(20));

        assertThatThrownBy(absent::run)
                .isInstanceOf(LifecycleException.class)
                .hasMessage(
                        "files: the reload command \"/nowhere/nginx\" cannot be started, being absent or not allowed to"
                                + " run; run it by hand and correct it or the server's settings");
    }

    @Test
    void hands_on_nothing_of_our_environment_but_what_programs_need() throws Exception {
        Path seen = folder.resolve("seen");

        shell("env | cut -d= -f1 > " + seen, Duration.ofSeconds(20)).run();

        assertThat(Files.readAllLines(seen))
                .isSubsetOf(
                        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PWD", "SHLVL", "_",
                        "OLDPWD")
                .contains("PATH");
    }

    @Test
    void gives_the_program_no_input_to_wait_for() throws Exception {
        shell("cat > /dev/null", Duration.ofSeconds(20)).run();
        Path done = folder.resolve("done");

        shell("read line; echo \"$?\" > " + done, Duration.ofSeconds(20)).run();

        assertThat(Files.readString(done)).isEqualTo("1\n");
    }

    private static Reload shell(String script, Duration limit) {
        return new Reload(List.of("sh", "-c", script), limit);
    }

    private static boolean hasEnded(Path pidFile) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            if (processIn(pidFile).filter(ReloadTest::isRunning).isEmpty()) {
                return true;
            }
            assertThat(never.await(25, TimeUnit.MILLISECONDS)).isFalse();
        }
        return false;
    }

    /** An orphan that nobody waits for stays in the table as a zombie where the first process of a container reaps none. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            return process.isAlive()
                    && !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                            .contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    private static java.util.Optional<ProcessHandle> processIn(Path pidFile) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()));
    }
}
