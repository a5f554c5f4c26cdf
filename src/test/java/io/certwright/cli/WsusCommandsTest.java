package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.wsus.WsusPorts;
import io.certwright.wsus.WsusServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WsusCommandsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private WsusWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private Run run(String... words) {
        Rooms rooms = new ClosedRooms() {
            @Override
            public List<WsusServer> wsusServers() {
                return List.of(world.server());
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
