package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that change DNS for us, written as shell scripts. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs of these tests are shell scripts")
class DnsHookTest {
    private static final ChallengeAnswer ANSWER = new ChallengeAnswer("wsus.contoso.com", "t", "t.x", "Zm9v_-bar");

    /** What the shell itself adds. */
    private static final Set<String> OF_THE_SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_");

    @TempDir
    Path folder;

    private DnsHook hook(String script, Duration limit, String... arguments) throws IOException {
        Path program = Files.writeString(folder.resolve("hook"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new DnsHook(AcmeBench.NAME, command, limit);
    }

    private DnsHook hook(String script) throws IOException {
        return hook(script, Duration.ofSeconds(20));
    }

    private static LifecycleException failureOf(DnsHook hook) {
        return catchThrowableOfType(LifecycleException.class, () -> hook.show(ANSWER));
    }

    @Test
    void arguments_arrive_as_they_are_behind_its_own_and_no_shell_reads_them() throws Exception {
        Path seen = folder.resolve("seen");
        DnsHook hook = hook("printf '%s\\n' \"$@\" >>" + seen, Duration.ofSeconds(20), "--zone", "a b; touch $HOME");
        hook.show(ANSWER);
        hook.withdraw(new ChallengeAnswer("$(touch pwned).test", "", "", "`id`|'\""));
        assertThat(Files.readAllLines(seen))
                .containsExactly(
                        "--zone",
                        "a b; touch $HOME",
                        "present",
                        "_acme-challenge.wsus.contoso.com",
                        "Zm9v_-bar",
                        "--zone",
                        "a b; touch $HOME",
                        "cleanup",
                        "_acme-challenge.$(touch pwned).test",
                        "`id`|'\"");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void of_our_environment_it_sees_only_what_programs_need_to_run() throws Exception {
        Path seen = folder.resolve("seen");
        hook("env | cut -d= -f1 >" + seen).show(ANSWER);
        assertThat(Files.readAllLines(seen).stream()
                        .filter(name -> !OF_THE_SHELL.contains(name))
                        .collect(Collectors.toSet()))
                .contains("PATH")
                .isSubsetOf("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");
    }

    @Test
    void what_does_not_end_is_ended_with_all_that_it_started() throws Exception {
        Path child = folder.resolve("child");
        DnsHook hook = hook("sleep 300 &\necho $! >" + child + "\nwait", Duration.ofSeconds(2));
        assertThat(failureOf(hook))
                .hasMessage("issuer pebble: the hook \"" + folder.resolve("hook")
                        + "\" for dns-01, called with present, did not end within 2 s and was ended with all that it"
                        + " started, saying nothing; run it by hand and mend it");
        long pid = Long.parseLong(Files.readString(child).strip());
        assertThat(ProcessHandle.of(pid)
                        .map(handle ->
                                handle.onExit().orTimeout(10, TimeUnit.SECONDS).join()))
                .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        ended -> assertThat(ended.orElseThrow().isAlive()).isFalse());
    }

    @Test
    void what_it_says_comes_in_one_line_and_no_more_of_it_than_a_person_reads() throws Exception {
        assertThat(failureOf(hook("printf 'zone is\\r\\nlocked'; exit 3")))
                .hasMessage("issuer pebble: the hook \"" + folder.resolve("hook")
                        + "\" for dns-01, called with present, ended with 3, saying \"zone is\\u000d\\u000alocked\"; run it"
                        + " by hand and mend it");
        assertThat(failureOf(hook("yes | head -c 1000000; exit 1")).getMessage())
                .hasSizeLessThan(1_500);
    }

    @Test
    void what_cannot_be_started_is_told_and_what_cannot_be_taken_away_harms_nobody() throws Exception {
        DnsHook absent =
                new DnsHook(AcmeBench.NAME, List.of(folder.resolve("absent").toString()), Duration.ofSeconds(2));
        assertThat(failureOf(absent))
                .hasMessage("issuer pebble: the hook \"" + folder.resolve("absent")
                        + "\" for dns-01, called with present, cannot be started, being absent or not allowed to run; run"
                        + " it by hand and mend it");
        assertThat(catchThrowableOfType(LifecycleException.class, absent::test).code())
                .isEqualTo("DNS_HOOK_FAILED");
        hook("exit 1").withdraw(ANSWER);
    }
}
