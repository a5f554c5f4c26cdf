package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "shell commands of POSIX")
class DnsHookTest {
    private static final ChallengeAnswer ANSWER = new ChallengeAnswer("wsus.certwright.test", "", "", "dIgEsT");

    @TempDir
    private Path folder;

    @Test
    void calls_the_program_with_what_to_do_the_record_and_its_value() throws Exception {
        Path called = folder.resolve("called");
        DnsHook hook = hook("echo \"$@\" >>" + called);

        hook.show(ANSWER);
        hook.withdraw(ANSWER);

        assertThat(Files.readAllLines(called))
                .containsExactly(
                        "present _acme-challenge.wsus.certwright.test dIgEsT",
                        "cleanup _acme-challenge.wsus.certwright.test dIgEsT");
    }

    @Test
    void says_what_the_program_said_when_it_fails() throws Exception {
        DnsHook hook = hook("echo no such zone >&2; exit 4");

        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> hook.show(ANSWER));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.code()).isEqualTo("DNS_HOOK_FAILED");
        assertThat(failure)
                .hasMessage(
                        "issuer le: the hook \"/bin/sh\" for dns-01, called with present, ended with 4, saying \"no such"
                                + " zone\"; run it by hand and mend it");
    }

    @Test
    void ends_a_program_that_takes_too_long() throws Exception {
        DnsHook hook = hook("sleep 60");

        assertThat(catchThrowableOfType(LifecycleException.class, () -> hook.show(ANSWER)))
                .hasMessage(
                        "issuer le: the hook \"/bin/sh\" for dns-01, called with present, did not end within 1 s and was"
                                + " ended with all that it started, saying nothing; run it by hand and mend it");
    }

    @Test
    void a_record_that_stays_is_no_failure() throws Exception {
        Path called = folder.resolve("called");

        hook("echo \"$1\" >>" + called + "; exit 1").withdraw(ANSWER);

        assertThat(Files.readAllLines(called)).containsExactly("cleanup");
    }

    @Test
    void its_test_looks_whether_the_program_is_there() throws Exception {
        DnsHook absent = new DnsHook(new IssuerName("le"), List.of("/nowhere/hook", "secret"), Duration.ofSeconds(1));

        assertThat(catchThrowableOfType(LifecycleException.class, absent::test))
                .hasMessage("issuer le: the hook \"/nowhere/hook\" for dns-01 is not there or may not be"
                        + " run; run it by hand and mend it");
        assertThat(hook("exit 1").test()).isEqualTo("calls \"/bin/sh\"");
    }

    private DnsHook hook(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("hook.sh"), script + "\n");
        return new DnsHook(new IssuerName("le"), List.of("/bin/sh", file.toString()), Duration.ofSeconds(1));
    }
}
