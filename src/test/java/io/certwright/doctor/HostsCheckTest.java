package io.certwright.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the doctor says of Windows hosts. */
class HostsCheckTest {
    private final Patient patient = new Patient();
    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("wsus01", 17763, patient.clock, new SecureRandom()), 8530, 8531);

    @BeforeEach
    void name_the_host() {
        patient.hosts.add(server.host());
    }

    private List<Finding> findings() {
        return patient.diagnosisOf("hosts").findings();
    }

    @Test
    void a_host_that_does_calls_is_well() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_host_that_is_out_of_reach_is_a_finding_and_hides_no_other() {
        SimulatedServer second =
                FreshWsus.on(new SimulatedServer("wsus02", 17763, patient.clock, new SecureRandom()), 8530, 8531);
        patient.hosts.add(second.host());
        server.plan(Mishap.at("Get-HostFacts", false, Mishap.Kind.CONNECTION_LOST));
        second.with(Behaviour.RUNS_32_BIT);

        assertThat(findings())
                .extracting(Finding::sentence)
                .containsExactly(
                        "host wsus01: the connection was lost in the middle of a visit; it is tried again",
                        "host wsus02: PowerShell runs as a 32-bit process, which sees another configuration of IIS; start the 64-bit one,"
                                + " from a 32-bit process under %windir%\\sysnative");
    }

    @Test
    void a_clock_that_runs_ahead_is_told_with_its_fix() {
        server.clockAhead(Duration.ofMinutes(5));

        assertThat(findings())
                .extracting(Finding::sentence, Finding::fix)
                .containsExactly(tuple(
                        "host wsus01: its clock is 300 s ahead of ours",
                        "set both by the same time server: w32tm /resync on the host"));
    }
}
