package io.certwright.windows.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.certificate.DnsName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetWsusByName;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.standin.StandInPowerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A logon by password at a real OpenSSH server, whose account exists for that server alone. */
class SshPasswordTest {
    private static final String PASSWORD = "pässwörd \"with\" $(all) sorts";

    @TempDir
    Path folder;

    private final SimulatedServer server = new SimulatedServer("wsus01", 17763, Clock.systemUTC(), new SecureRandom());
    private final String account = "certwright-" + Long.toHexString(new SecureRandom().nextLong() & 0xFFFFFFFFL);
    private StandInPowerShell powerShell;
    private OpenSsh ssh;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(OpenSsh.isInstalled(), "no /usr/sbin/sshd here: install openssh-server to run this test");
        assumeTrue(
                OpenSsh.canHaveAccounts(),
                "an account for one server alone needs root, unshare and openssl: run this test as root");
        Path programs = Files.createDirectory(folder.resolve("programs"));
        powerShell = new StandInPowerShell(programs, server);
        ssh = OpenSsh.startWithAccount(folder, programs, account, PASSWORD);
    }

    @AfterEach
    void stop() {
        if (ssh != null) {
            ssh.close();
            powerShell.close();
        }
    }

    private WindowsHost host(String password) {
        return new ScriptedHost(
                "wsus01", new SshCarrier("wsus01", ssh.settings(account, password)), Presence.SENT_ALONG);
    }

    @Test
    void lets_us_in_and_carries_credentials_for_other_machines() throws Exception {
        assertThat(host(PASSWORD).perform(new GetHostFacts()).build()).isEqualTo(17763);
        assertThatThrownBy(() -> host(PASSWORD).perform(new GetWsusByName(DnsName.parse("wsus02.contoso.com"), 8531)))
                .hasMessageStartingWith("host wsus01: Get-WsusByName failed: ");

        assertThat(server.called()).containsExactly("Get-HostFacts", "Get-WsusByName");
        assertThat(ssh.log()).contains("Accepted password for " + account + " from 127.0.0.1");
        assertThat(Files.readString(Path.of("/etc/passwd"))).doesNotContain(account);
    }

    @Test
    void does_not_let_us_in_with_another_one() {
        assertThatThrownBy(() -> host("wrong").perform(new GetHostFacts()))
                .hasMessage("host wsus01: " + ssh.settings(account, "wrong").place()
                        + " does not let us in with its password; check account and password, and PasswordAuthentication in"
                        + " %ProgramData%\\ssh\\sshd_config")
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNAUTHORIZED));
        assertThat(server.called()).isEmpty();
    }
}
