package io.certwright.windows.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.certificate.DnsName;
import io.certwright.config.SecretText;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.HostCall.EventKind;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.GetRecentEvents;
import io.certwright.windows.HostCall.WriteHostEvent;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.VisitsForTests;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetWsusByName;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.standin.StandInPowerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls over a real OpenSSH server on loopback, whose powershell.exe answers as a simulated server does. */
class SshCarrierTest {
    @TempDir
    Path folder;

    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("wsus01", 17763, Clock.systemUTC(), new SecureRandom()), 8530, 8531);
    private StandInPowerShell powerShell;
    private OpenSsh ssh;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(OpenSsh.isInstalled(), "no /usr/sbin/sshd here: install openssh-server to run this test");
        Path programs = Files.createDirectory(folder.resolve("programs"));
        powerShell = new StandInPowerShell(programs, server);
        ssh = OpenSsh.start(folder, programs);
    }

    @AfterEach
    void stop() {
        if (ssh != null) {
            ssh.close();
            powerShell.close();
        }
    }

    private WindowsHost host(SshSettings settings) {
        return new ScriptedHost("wsus01", new SshCarrier("wsus01", settings), Presence.SENT_ALONG);
    }

    @Test
    void does_calls_and_reads_their_answers() throws Exception {
        assertThat(host(ssh.settings()).perform(new GetSites()).sites())
                .singleElement()
                .satisfies(site -> assertThat(site.name()).isEqualTo("WSUS Administration"));
        assertThat(powerShell.arguments())
                .startsWith("-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ")
                .doesNotContain("Get-Sites");
    }

    @Test
    void starts_the_installed_file_where_the_script_lies_there() throws Exception {
        WindowsHost installed =
                new ScriptedHost("wsus01", new SshCarrier("wsus01", ssh.settings()), Presence.INSTALLED);

        assertThat(installed.perform(new GetHostFacts()).build()).isEqualTo(17763);

        assertThat(powerShell.arguments())
                .isEqualTo("-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\Program"
                        + " Files\\Certwright\\certwright.ps1 -FromInput");
    }

    @Test
    void brings_every_character_there_and_back() throws Exception {
        String text = "‘x’ “y” „z‚ `$(Get-Date)` \"'; \n\u0001 \ud83d\ude00 äöü ".repeat(60);

        host(ssh.settings()).perform(new WriteHostEvent(7, EventKind.WARNING, text));

        assertThat(host(ssh.settings())
                        .perform(new GetRecentEvents("Certwright", 5))
                        .events())
                .singleElement()
                .satisfies(event -> assertThat(event.message()).isEqualTo(text));
    }

    @Test
    void refuses_a_server_whose_key_is_not_known() throws Exception {
        ssh.forgetKnownHosts();

        assertFails("HOST_KEY_UNKNOWN", FailureKind.UNAUTHORIZED)
                .hasMessageStartingWith("host wsus01: " + ssh.settings().place() + " shows the key SHA256:")
                .hasMessageEndingWith("(ssh-ed25519), which " + ssh.knownHosts()
                        + " does not have; compare it at the server (ssh-keygen -lf of its host key) and add the line that ssh-keyscan"
                        + " -p " + ssh.port() + " 127.0.0.1 prints");
        assertThat(ssh.knownHosts()).isEmptyFile();
    }

    @Test
    void refuses_a_server_whose_key_is_another_one() throws Exception {
        ssh.know("strange_key");

        assertFails("HOST_KEY_CHANGED", FailureKind.UNAUTHORIZED)
                .hasMessageContaining("; somebody may stand between, or the server was set up anew:");
        assertThat(server.called()).isEmpty();
    }

    @Test
    void says_that_the_key_does_not_let_us_in() throws Exception {
        SshSettings strange = ssh.settings("strange_key");

        assertThatThrownBy(() -> host(strange).perform(new GetHostFacts()))
                .hasMessage("host wsus01: " + strange.place()
                        + " does not let us in with its key; check the account, and for an"
                        + " administrator %ProgramData%\\ssh\\administrators_authorized_keys and its rights");
    }

    @Test
    void says_that_the_private_key_is_none() throws Exception {
        SshSettings good = ssh.settings();
        SshSettings bad = new SshSettings(
                good.address(),
                good.port(),
                good.user(),
                Optional.of(SecretText.of("-----BEGIN NONSENSE-----")),
                Optional.empty(),
                Optional.empty(),
                good.knownHosts());

        assertThatThrownBy(() -> host(bad).perform(new GetHostFacts()))
                .hasMessage(
                        "host wsus01: the private key of the settings cannot be read, wanted OpenSSH or PEM text and, where it is"
                                + " encrypted, key-passphrase; make one with ssh-keygen -t ed25519");
    }

    @Test
    void says_that_nobody_answers() throws Exception {
        SshSettings settings = ssh.settings();
        ssh.close();

        assertThatThrownBy(() -> host(settings).perform(new GetHostFacts()))
                .hasMessage("host wsus01: " + settings.place()
                        + ": nobody answers there; check address, firewall and the service sshd"
                        + " there, it is tried again")
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNREACHABLE));
    }

    @Test
    void ends_a_visit_that_hangs() throws Exception {
        powerShell.does("sleep 300\n");
        SshCarrier carrier = new SshCarrier("wsus01", ssh.settings());

        assertThatThrownBy(() -> carrier.carry(VisitsForTests.lasting(Duration.ofSeconds(3))))
                .hasMessage(
                        "host wsus01: no answer within 3 s, and the visit was ended; see what PowerShell does there, it is tried"
                                + " again");
    }

    @Test
    void takes_zero_and_no_answer_for_a_failure() throws Exception {
        powerShell.does("cat > /dev/null\nexit 0\n");

        assertFails("HOST_NO_ANSWER", FailureKind.MALFORMED_ANSWER)
                .hasMessage(
                        "host wsus01: PowerShell ended with 0 and gave no answer, saying nothing; check that powershell.exe there is"
                                + " Windows PowerShell 5.1 and that the account may run it");
    }

    @Test
    void says_what_powershell_complained_of() throws Exception {
        powerShell.does(
                "cat > /dev/null\nprintf '#< CLIXML\\r\\n<Objs><S S=\"Error\">At line:1 char:1_x000D__x000A_</S>"
                        + "<S S=\"Error\">Missing &apos;)&apos; in expression._x001B_[0m</S></Objs>' >&2\nexit 1\n");

        assertFails("HOST_NO_ANSWER", FailureKind.MALFORMED_ANSWER)
                .hasMessageContaining(
                        "ended with 1 and gave no answer, saying \"At line:1 char:1 Missing ')' in expression.\";");
    }

    @Test
    void refuses_half_an_answer_and_garbage() throws Exception {
        powerShell.does("cat > /dev/null\nprintf '<<certwright{\"version\":\"1\",\"answers\":[{\"val'\n");
        assertFails("HOST_ANSWER_CUT", FailureKind.MALFORMED_ANSWER)
                .hasMessageContaining("the answer ends after 43 characters without its end mark");

        powerShell.does("cat > /dev/null\nprintf '<<certwright{\"version\":nonsense}certwright>>'\n");
        assertFails("HOST_ANSWER_GARBLED", FailureKind.MALFORMED_ANSWER);

        powerShell.does("cat > /dev/null\nprintf '<<certwright{\"version\":\"0\",\"answers\":[]}certwright>>'\n");
        assertFails("HOST_SCRIPT_OTHER", FailureKind.REFUSED)
                .hasMessage(
                        "host wsus01: its script has version \"0\", wanted 1; install the script of this Certwright there:"
                                + " certwright windows install-script");
    }

    @Test
    void stops_reading_an_answer_of_50_megabytes() throws Exception {
        powerShell.does("cat > /dev/null\nhead -c 50000000 /dev/zero | tr '\\0' x\n");

        assertFails("HOST_ANSWER_TOO_LONG", FailureKind.MALFORMED_ANSWER)
                .hasMessageContaining("it answered more than 32 MB, and the visit was ended");
    }

    @Test
    void passes_on_what_is_wrong_with_the_host() throws Exception {
        WindowsHost host = host(ssh.settings());
        SetSslFlags change = new SetSslFlags("WSUS Administration/ApiRemoting30", "Ssl");

        for (var expected : List.of(
                Map.entry(Behaviour.FILTERS_TOKEN, "HOST_ACCESS_DENIED"),
                Map.entry(Behaviour.LOCKS_ACCESS_SECTION, "HOST_SECTION_LOCKED"),
                Map.entry(Behaviour.LACKS_WEB_ADMINISTRATION, "HOST_MODULE_MISSING"),
                Map.entry(Behaviour.RUNS_32_BIT, "HOST_CALL_FAILED"))) {
            server.with(expected.getKey());
            assertThatThrownBy(() -> host.perform(change))
                    .isInstanceOfSatisfying(
                            LifecycleException.class,
                            failed -> assertThat(failed.code()).isEqualTo(expected.getValue()));
            server.without(expected.getKey());
        }
        assertThat(server.findSslFlags(FreshWsus.SITE_ID, "ApiRemoting30")).isEmpty();
    }

    @Test
    void calls_that_need_another_machine_are_done_by_a_task_as_system() throws Exception {
        server.with(Behaviour.LOGS_ON_BY_KEY);
        server.reach("wsus02.contoso.com", new SimulatedServer("wsus02", 17763, Clock.systemUTC(), new SecureRandom()));

        assertThatThrownBy(() ->
                        host(ssh.settings()).perform(new GetWsusByName(DnsName.parse("wsus02.contoso.com"), 8531)))
                .hasMessageStartingWith("host wsus01: Get-WsusByName failed: ");
        assertThat(server.called()).containsExactly("Get-Leftovers", "Invoke-AsSystem", "Get-WsusByName");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(String code, FailureKind kind)
            throws IOException {
        WindowsHost host = host(ssh.settings());
        return assertThatThrownBy(() -> host.perform(new GetHostFacts()))
                .isInstanceOfSatisfying(LifecycleException.class, failed -> {
                    assertThat(failed.code()).isEqualTo(code);
                    assertThat(failed.kind()).isEqualTo(kind);
                });
    }
}
