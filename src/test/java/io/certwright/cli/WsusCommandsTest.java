package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.wsus.WsusPorts;
import io.certwright.wsus.WsusServer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WsusCommandsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private WsusWorld world;
    private List<WsusServer> servers;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
        servers = List.of(world.server());
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private Run run(String... words) {
        Rooms rooms = new ClosedRooms() {
            @Override
            public List<WsusServer> wsusServers() {
                return servers;
            }

            @Override
            public WsusPorts wsus() {
                return world.ports();
            }
        };
        return Run.of(new OpenedHouse(rooms), words);
    }

    @Test
    void check_names_each_drift_with_its_fix_and_ends_with_findings() {
        Run run = run("wsus", "check");

        assertThat(run.exit()).isEqualTo(10);
        assertThat(run.out().lines())
                .startsWith(
                        "wsus01  7 drifts  https://wsus01.contoso.com:" + world.house.https,
                        "  NO_CERTIFICATE: https binding *:" + world.house.https
                                + ": has no certificate, which is how WSUS" + " begins",
                        "    fix: certwright renew wsus01",
                        "  TLS_NOT_REQUIRED: virtual directory ApiRemoting30 does not require SSL",
                        "    fix: certwright wsus apply wsus01");
    }

    @Test
    void check_says_compliant_when_all_is_done() {
        world.untilClientsAreReady();
        assertThat(run("wsus", "apply").exit()).isZero();

        assertThat(run("wsus", "check", "wsus01"))
                .isEqualTo(new Run(
                        0,
                        "wsus01  Compliant  https://wsus01.contoso.com:" + world.house.https + System.lineSeparator(),
                        ""));
        assertThat(run("wsus", "check", "--json").out())
                .isEqualTo("{\"compliant\":true,\"servers\":[{\"host\":\"wsus01\",\"url\":\"https://wsus01.contoso.com:"
                        + world.house.https + "\",\"drift\":[]}]}" + System.lineSeparator());
    }

    @Test
    void apply_that_waits_ends_with_6_and_says_for_what() {
        Run run = run("wsus", "apply", "wsus01");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.out())
                .isEqualTo("wsus01  waits: no certificate is bound to iis:wsus01/WSUS Administration:"
                        + world.house.https + " yet; \"certwright renew wsus01\" binds one" + System.lineSeparator());
    }

    @Test
    void a_rehearsal_ends_with_0_and_changes_nothing() {
        Run run = run("wsus", "apply", "--dry-run");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("wsus01  nothing was changed").contains("  would run WsusUtil configuressl");
        assertThat(world.house.server.called()).allMatch(call -> call.startsWith("Get-"));
    }

    @Test
    void report_mode_waits_with_the_plan() {
        world.house.mode(HostMode.REPORT);

        Run run = run("wsus", "apply", "--json");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.out())
                .contains("\"outcome\":\"Waiting\"", "in mode report", "would restart service WsusService");
    }

    private WsusServer fresh(String name, int port) {
        HostName host = new HostName(name);
        SimulatedServer there = FreshWsus.on(
                new SimulatedServer(name, 17763, world.house.bench.clock, new SecureRandom()), port - 1, port);
        world.reach(host, there.host());
        world.house.bench.wishes.put(new Host(host, HostMode.REPORT, Optional.empty()));
        return new WsusServer(
                host,
                DnsName.parse(name + ".contoso.com"),
                port,
                CertificateName.of(name),
                new BindingName("iis:" + name + "/WSUS Administration:" + port),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Test
    void a_server_waits_for_the_one_below_it_and_other_trees_do_not() {
        WsusServer below = fresh("wsus02", 8531);
        servers = List.of(world.server(List.of(), List.of(below)), fresh("wsus03", 8531));

        Run run = run("wsus", "apply");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.out().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "wsus02  waits: host wsus02 is in mode report, so nothing is changed on it; set \"mode: manage\" in its"
                                + " settings",
                        "wsus01  not begun: downstream server wsus02 comes first",
                        "wsus03  waits: host wsus03 is in mode report, so nothing is changed on it; set \"mode: manage\" in its"
                                + " settings");
        assertThat(world.house.server.called()).isEmpty();
    }

    @Test
    void undo_goes_back_and_a_second_one_is_refused() {
        world.untilClientsAreReady();
        run("wsus", "apply");

        assertThat(run("wsus", "undo", "wsus01").exit()).isZero();
        Run again = run("wsus", "undo", "wsus01");

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("certwright: host wsus01: no switch to TLS is on record, so nothing is known to go back to"
                        + System.lineSeparator());
    }

    @Test
    void a_server_that_is_not_meant_by_the_settings_is_told() {
        assertThat(run("wsus", "check", "wsus1").err())
                .isEqualTo("certwright: WSUS server \"wsus1\": not in the settings; did you mean \"wsus01\"?"
                        + System.lineSeparator());
        assertThat(run("wsus", "check", "--server", "a.b").exit()).isEqualTo(2);
    }
}
