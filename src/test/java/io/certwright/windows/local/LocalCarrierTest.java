package io.certwright.windows.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.VisitsForTests;
import io.certwright.windows.WindowsPowerShell;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.standin.StandInPowerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls through a child process that stands in for PowerShell. */
class LocalCarrierTest {
    @TempDir
    Path folder;

    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("here", 20348, Clock.systemUTC(), new SecureRandom()), 8530, 8531);

    private LocalCarrier carrier(StandInPowerShell powerShell) {
        return new LocalCarrier("here", Optional.of(powerShell.program()));
    }

    @Test
    void does_calls_through_a_child_process() throws Exception {
        try (StandInPowerShell powerShell = new StandInPowerShell(folder, server)) {
            ScriptedHost host = new ScriptedHost("here", carrier(powerShell), Presence.SENT_ALONG);

            assertThat(host.perform(new GetHostFacts()).build()).isEqualTo(20348);
        }
    }

    @Test
    void hands_no_variable_on_that_may_be_a_secret() throws Exception {
        try (StandInPowerShell powerShell = new StandInPowerShell(folder, server)) {
            powerShell.does("cat > /dev/null\nenv\n");

            String variables = carrier(powerShell)
                    .carry(VisitsForTests.lasting(Duration.ofSeconds(20)))
                    .stdout();

            assertThat(variables).contains("PATH=").doesNotContain("HOME=").doesNotContain("USER=");
        }
    }

    @Test
    void ends_a_child_that_hangs_with_all_it_started() throws Exception {
        try (StandInPowerShell powerShell = new StandInPowerShell(folder, server)) {
            powerShell.does("sleep 311 & echo $! > '" + folder.resolve("child") + "'\nwait\n");

            assertThatThrownBy(() -> carrier(powerShell).carry(VisitsForTests.lasting(Duration.ofSeconds(2))))
                    .hasMessage(
                            "host here: no answer within 2 s, and the visit was ended; see what PowerShell does there, it is tried"
                                    + " again");
            long child =
                    Long.parseLong(Files.readString(folder.resolve("child")).strip());
            Optional<ProcessHandle> left = ProcessHandle.of(child);
            if (left.isPresent()) {
                left.get().onExit().get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void ends_a_child_that_says_too_much() throws Exception {
        try (StandInPowerShell powerShell = new StandInPowerShell(folder, server)) {
            powerShell.does("cat > /dev/null\nexec head -c 50000000 /dev/zero\n");

            assertThatThrownBy(() -> carrier(powerShell).carry(VisitsForTests.lasting(Duration.ofSeconds(20))))
                    .hasMessageStartingWith("host here: it answered more than 32 MB, and the visit was ended");
        }
    }

    @Test
    void zero_and_no_word_is_no_success() throws Exception {
        try (StandInPowerShell powerShell = new StandInPowerShell(folder, server)) {
            powerShell.does("cat > /dev/null\nexit 0\n");
            ScriptedHost host = new ScriptedHost("here", carrier(powerShell), Presence.SENT_ALONG);

            assertThatThrownBy(() -> host.perform(new GetHostFacts()))
                    .hasMessage(
                            "host here: PowerShell ended with 0 and gave no answer, saying nothing; check that powershell.exe there is"
                                    + " Windows PowerShell 5.1 and that the account may run it");
        }
    }

    @Test
    void says_that_there_is_no_windows_powershell_here() {
        LocalCarrier none = new LocalCarrier("here", Optional.empty());

        assertThatThrownBy(() -> none.carry(VisitsForTests.lasting(Duration.ofSeconds(2))))
                .hasMessage(
                        "host here: this machine has no Windows PowerShell 5.1 below %SystemRoot%, wanted one for transport: local;"
                                + " run Certwright on Windows, or reach the host by transport: ssh");
    }

    @Test
    void prefers_the_64_bit_powershell_of_a_32_bit_process() throws IOException {
        Path system32 = program("System32");
        assertThat(WindowsPowerShell.find(Map.of("SystemRoot", folder.toString())))
                .contains(system32);

        Path native64 = program("sysnative");

        assertThat(WindowsPowerShell.find(Map.of("SYSTEMROOT", folder.toString())))
                .contains(native64);
        assertThat(WindowsPowerShell.find(Map.of("PATH", "/bin"))).isEmpty();
    }

    private Path program(String system) throws IOException {
        Path file = folder.resolve(system).resolve("WindowsPowerShell/v1.0/powershell.exe");
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
