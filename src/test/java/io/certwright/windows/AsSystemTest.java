package io.certwright.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.ConfigMgrCall.GetUpdatePoints;
import io.certwright.windows.ConfigMgrCall.SetUpdatePointSsl;
import io.certwright.windows.ConfigMgrCall.StartFullSynchronization;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.SystemCall.ClosedFolder;
import io.certwright.windows.SystemCall.InvokeAsSystem;
import io.certwright.windows.SystemCall.Leftovers;
import io.certwright.windows.SystemCall.RemoveLeftover;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that need another machine, over a logon that carries no credentials for one. */
class AsSystemTest {
    private static final String OLD = "certwright-" + "0a".repeat(16);
    private static final String HALF = "certwright-" + "1b".repeat(16);
    private static final String AT_WORK = "certwright-" + "2c".repeat(16);
    private static final GetUpdatePoints POINTS = new GetUpdatePoints("P01");

    private final SimulatedServer server =
            new SimulatedServer("cm01", 17763, Clock.systemUTC(), new SecureRandom()).with(Behaviour.LOGS_ON_BY_KEY);

    @Test
    void a_task_does_them_and_answers_in_their_order() throws Exception {
        server.putUpdatePoint("wsus01.contoso.com", false);
        SetUpdatePointSsl setting = new SetUpdatePointSsl("P01", DnsName.parse("wsus01.contoso.com"), true);

        Answers answers = server.host().perform(List.of(setting, new StartFullSynchronization("P01"), POINTS));

        assertThat(answers.of(POINTS).points()).singleElement().satisfies(point -> {
            assertThat(point.server()).isEqualTo("\\\\wsus01.contoso.com");
            assertThat(point.ssl()).isTrue();
        });
        assertThat(server.called())
                .containsExactly(
                        "Get-Leftovers",
                        "Invoke-AsSystem",
                        "Set-UpdatePointSsl",
                        "Start-FullSynchronization",
                        "Get-UpdatePoints");
    }

    @Test
    void calls_that_need_nobody_else_go_as_before() throws Exception {
        server.host().perform(new GetHostFacts());

        assertThat(server.called()).containsExactly("Get-HostFacts");
    }

    @Test
    void a_call_that_fails_in_the_task_is_told_as_one_that_fails_without_it() {
        server.plan(Mishap.at("Get-UpdatePoints", false, Mishap.Kind.ERROR));

        assertThatThrownBy(() -> server.host().perform(List.of(new StartFullSynchronization("P01"), POINTS)))
                .isInstanceOfSatisfying(
                        CallFailedException.class,
                        failed -> assertThat(failed.done()).isEqualTo(1))
                .hasMessage(
                        "host cm01: Get-UpdatePoints failed: the host refused it (0x80004005, Unspecified error (Exception from"
                                + " HRESULT: 0x80004005 (E_FAIL))); look at the host; certwright explain CODE says more of a Windows error");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.Kind.class,
            names = {"HALF_ANSWER", "GARBAGE", "ENDLESS_ANSWER"})
    void an_answer_that_is_none_is_refused_like_any_other(Mishap.Kind kind) {
        server.plan(Mishap.at("Get-UpdatePoints", true, kind));

        assertThatThrownBy(() -> server.host().perform(POINTS))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER));
    }

    @Test
    void a_task_that_hangs_is_ended_and_told() {
        server.plan(Mishap.at("Get-UpdatePoints", true, Mishap.Kind.HANG));

        assertThatThrownBy(() -> server.host().perform(POINTS))
                .hasMessage(
                        "host cm01: the task that does calls as SYSTEM gave no answer within 390 s and was ended; see whether"
                                + " the host reaches the other machine, it is tried again")
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNREACHABLE));
    }

    @Test
    void a_task_that_may_not_run_the_script_is_told() {
        server.with(Behaviour.FORBIDS_TASK_SCRIPTS);

        assertThatThrownBy(() -> server.host().perform(POINTS))
                .hasMessage(
                        "host cm01: the task that does calls as SYSTEM ended with 0xFFFD0000 and left no answer; see whether a"
                                + " policy there forbids SYSTEM to run scripts, and install the script (certwright windows install-script)"
                                + " at a path that the policy trusts");
    }

    @Test
    void what_killed_runs_left_is_removed_first_and_what_may_be_at_work_is_not() throws Exception {
        server.leaveBehind(OLD, Duration.ofHours(3), true);
        server.leaveBehind(HALF, Duration.ZERO, false);
        server.leaveBehind(AT_WORK, Duration.ofMinutes(10), true);

        server.host().perform(POINTS);

        assertThat(server.leftTasks()).containsExactly(AT_WORK);
        assertThat(server.called())
                .containsExactly(
                        "Get-Leftovers", "Remove-Leftover", "Remove-Leftover", "Invoke-AsSystem", "Get-UpdatePoints");
    }

    @Test
    void folders_of_others_are_never_stale() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        Instant longAgo = now.minus(Duration.ofDays(30));
        Leftovers found = new Leftovers(
                now,
                List.of(new ClosedFolder("certwright-data", longAgo), new ClosedFolder(OLD, longAgo)),
                List.of("Certwright Service", HALF, OLD));

        assertThat(AsSystem.stale(found)).containsExactly(OLD, HALF);
        assertThatThrownBy(() -> new RemoveLeftover("..\\Windows"))
                .hasMessage(
                        "leftover: got \"..\\Windows\", wanted certwright- and 32 hex digits, as the script names what it makes");
    }

    @Test
    void a_host_may_be_told_to_refuse_them_or_to_do_them_directly() {
        assertThatThrownBy(() -> server.host(NetworkCalls.REFUSE).perform(POINTS))
                .hasMessage(
                        "host cm01: Get-UpdatePoints needs another machine, and a logon by SSH key carries no credentials for"
                                + " one; let a task as SYSTEM do it (network-calls: task), run Certwright on that host (transport: local),"
                                + " use a password, or do this step there by hand");
        assertThat(server.called()).isEmpty();

        assertThatThrownBy(() -> server.host(NetworkCalls.DIRECT).perform(POINTS))
                .hasMessageContaining("the account may not do that on the host (0x80070005, ");
        assertThat(server.called()).containsExactly("Get-UpdatePoints");
    }

    @Test
    void a_task_has_a_limit_of_its_own_within_that_of_the_visit() {
        try (SecretBytes request = SecretBytes.ofText("{}")) {
            assertThat(new InvokeAsSystem(request, 390).limit()).isEqualTo(Duration.ofSeconds(450));
            assertThatThrownBy(() -> new InvokeAsSystem(request, 0)).hasMessage("seconds: got 0, wanted 1 to 86,400");
        }
    }
}
