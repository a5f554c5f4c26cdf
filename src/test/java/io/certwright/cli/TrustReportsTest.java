package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientHost;
import io.certwright.trust.ClientReport;
import io.certwright.trust.ConfirmedShare;
import io.certwright.trust.ExpectedClients;
import io.certwright.trust.UpdateSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code trust import}, {@code trust confirm --host}, {@code trust emergency}. */
class TrustReportsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    private Path folder;

    private StoryBench bench;
    private BenchHouse house;
    private ClientGroup group;

    @BeforeEach
    void setUp() throws LifecycleException {
        bench = new StoryBench(DATABASE);
        house = new BenchHouse(bench, DATABASE);
        ClientGroup plain = bench.group("pcs", true, Duration.ofDays(14));
        group = new ClientGroup(
                plain.name(),
                true,
                plain.waitingTime(),
                plain.retireAfter(),
                List.of(),
                plain.publishTo(),
                UpdateSource.UNKNOWN,
                Optional.of(ExpectedClients.of(
                        List.of(new ClientHost("pc1.contoso.com"), new ClientHost("pc2"), new ClientHost("pc3")),
                        Optional.of(ConfirmedShare.parse("60%")))));
        bench.wishes.put(group);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
    }

    private String line(String state, String host) throws LifecycleException {
        String packageName = ClientReport.nameOf(
                bench.stored().trust().findPresent(group.name()).orElseThrow());
        return "\"" + state + "; package " + packageName + "; host " + host + "; at " + bench.clock.instant() + "\"\n";
    }

    private Path report(String... lines) throws Exception {
        return Files.writeString(folder.resolve("report.csv"), "Result\n" + String.join("", lines));
    }

    @Test
    void a_report_of_enough_hosts_ends_the_wait_and_names_the_others() throws Exception {
        bench.renewed();
        bench.untilDue();
        bench.renew();
        Path report = report(
                line("Compliant", "PC1"),
                line("Compliant", "pc2"),
                line("Compliant", "pc2"),
                line("Compliant", "stranger"),
                "\"PC9\"\n");

        assertThat(house.run("trust", "import", "pcs", report.toString()))
                .isEqualTo(new Run(
                        0,
                        report + ": 3 hosts reported, 1 rows were duplicates,"
                                + " 2 rows (a header among them) hold no line of our script\n"
                                + "2 of 3 expected hosts have it, 60% wanted\n"
                                + "  never reported: pc3\n"
                                + "  not expected, not counted: stranger\n"
                                + "that is enough: the wait is over; the service goes on with wsus01 within a minute,"
                                + " or now: certwright renew wsus01\n",
                        ""));
        assertThat(house.run("trust", "import", "pcs", report.toString()).out())
                .contains("0 hosts reported, 3 said nothing newer than what was known");
    }

    @Test
    void a_file_without_our_line_is_refused_with_what_to_export() throws Exception {
        bench.renewed();
        Path report = report("\"PC1\",\"Compliant\"\n");

        assertThat(house.run("trust", "import", "pcs", report.toString()))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: report " + report + ": none of its rows holds a line of our detection script"
                                + " (2 rows without one, 0 from the future);"
                                + " export the column with the output of the script, too\n"));
    }

    @Test
    void a_person_vouches_for_single_hosts() throws Exception {
        bench.renewed();

        Run run = house.run("trust", "confirm", "pcs", "--host", "pc1", "--host", "PC3");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "client group pcs: recorded for 2 hosts by tester",
                        "2 of 3 expected hosts have it, 60% wanted",
                        "  never reported: pc2",
                        "that is enough: the wait is over; no renewal was waiting for it");
        assertThat(house.run("trust", "status", "pcs").out()).contains("  2 of 3 expected hosts have it, 60% wanted");
        assertThat(house.run("trust", "confirm", "pcs", "--host", "no host").exit())
                .isEqualTo(2);
    }

    @Test
    void an_emergency_has_an_exact_setting_and_an_end() {
        assertThat(house.run("trust", "emergency", "pcs").out().lines())
                .containsExactly(
                        "this makes clients go on without comparing pins, after their next policy refresh:",
                        "  HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\"
                                + "DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection = 1 (DWORD)",
                        "by Group Policy, on one machine, by Intune:",
                        "  Set-GPRegistryValue -Name 'Trust pcs' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate'"
                                + " -ValueName DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection -Type DWord -Value 1",
                        "  reg add \"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\""
                                + " /v DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection /t REG_DWORD /d 1 /f",
                        "  Intune, custom OMA-URI ./Device/Vendor/MSFT/Policy/Config/Update/"
                                + "DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection, integer 1",
                        "when every client has the pins, the end of it:",
                        "  Remove-GPRegistryValue -Name 'Trust pcs' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate'"
                                + " -ValueName DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection",
                        "  reg add \"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\""
                                + " /v DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection /t REG_DWORD /d 0 /f");
    }
}
