package io.certwright.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.program.ProgramRun.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "shell commands of POSIX")
class ProgramTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void has_nothing_to_complain_of_when_the_program_ends_with_0() {
        ProgramRun run = shell("echo done", AMPLE).run();

        assertThat(run.ending()).isEqualTo(Ending.DONE);
        assertThat(run.complaint()).isEmpty();
        assertThat(run.answer()).asString().isEqualTo("done\n");
    }

    @Test
    void shows_all_that_a_program_said_that_only_had_to_do_something() {
        ProgramRun run = shell("echo out; echo err >&2; exit 3", AMPLE).run();

        assertThat(run.ending()).isEqualTo(Ending.FAILED);
        assertThat(run.complaint()).hasValue("ended with 3, saying \"out\\u000aerr\"");
    }

    @Test
    void shows_no_answer_but_only_complaints_of_a_program_that_was_asked() {
        assertThat(shell("echo hunter2; echo no luck >&2; exit 3", AMPLE).ask().complaint())
                .hasValue("ended with 3, saying \"no luck\"");
        assertThat(shell("echo hunter2; exit 3", AMPLE).ask().complaint()).hasValue("ended with 3, saying nothing");
        assertThat(shell("echo hunter2; exit 3", AMPLE).ask().answer()).isEmpty();
        assertThat(shell("echo hunter2; echo warning >&2", AMPLE).ask().answer())
                .asString()
                .isEqualTo("hunter2\n");
    }

    @Test
    void keeps_the_first_32_kibibytes_of_an_answer_and_reads_the_rest_away() {
        byte[] answer =
                shell("head -c 1000000 /dev/zero | tr '\\0' x", AMPLE).ask().answer();

        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("x".repeat(32 * 1024));
    }

    @Test
    void has_the_answer_though_something_that_was_started_keeps_the_output_open() throws IOException {
        Path left = folder.resolve("left");

        ProgramRun run =
                shell("sleep 60 & echo $! >" + left + "; echo t0ken", AMPLE).ask();

        assertThat(run.answer()).asString().isEqualTo("t0ken\n");
        ProcessHandle.of(Long.parseLong(Files.readString(left).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_program_that_is_found_on_the_path_is_run() {
        assertThat(new Program(List.of("true"), AMPLE).run().ending()).isEqualTo(Ending.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/program", "certwright-no-such-program", "/etc", "/etc/passwd"})
    void says_of_what_is_absent_a_folder_or_not_to_be_run_that_it_cannot_be_started(String program) {
        ProgramRun run = new Program(List.of(program), AMPLE).run();

        assertThat(run.ending()).isEqualTo(Ending.NOT_STARTED);
        assertThat(run.complaint()).hasValue("cannot be started, being absent or not allowed to run");
    }

    @Test
    void ends_all_that_it_started_when_it_is_interrupted() throws Exception {
        Path child = folder.resolve("child");
        // Written whole before it is moved there: whoever sees it can read the number.
        Program stuck =
                shell("sleep 300 & echo $! >" + child + ".part; mv " + child + ".part " + child + "; wait", AMPLE);
        FutureTask<ProgramRun> run = new FutureTask<>(stuck::run);
        Thread caller = new Thread(run, "program-under-test");
        caller.start();
        assertThat(within(() -> Files.exists(child))).isTrue();

        caller.interrupt();

        assertThat(run.get(20, TimeUnit.SECONDS).ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(run.get().complaint()).hasValue("was interrupted and ended with all that it started");
        assertThat(within(() -> !isRunning(Files.readString(child).strip()))).isTrue();
    }

    private static Program shell(String script, Duration limit) {
        return new Program(List.of("sh", "-c", script), limit);
    }

    private interface Look {
        boolean sees() throws IOException;
    }

    private static boolean within(Look look) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 400; i++) {
            if (look.sees()) {
                return true;
            }
            assertThat(never.await(25, TimeUnit.MILLISECONDS)).isFalse();
        }
        return false;
    }

    /** An orphan that nobody waits for stays in the table as a zombie where the first process of a container reaps none. */
    private static boolean isRunning(String pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }
}
