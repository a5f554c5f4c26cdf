package io.certwright.wsus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.ConfigMgrCall.GetUpdatePoints;
import io.certwright.windows.ConfigMgrCall.UpdatePoint;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ConfigMgr hears of a WSUS server's switch to TLS, on a site server that is reached by SSH key. */
final class PointSwitchTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final HostName SITE_SERVER = new HostName("cm01");
    private static final String CONSOLE =
            "in the ConfigMgr console, Administration > Overview > Site Configuration > Servers and Site System Roles >"
                    + " wsus01.contoso.com > software update point > Properties, check \"Require SSL communication to the WSUS"
                    + " server\"";
    private static final String THEN =
            "then Software Library > Overview > Software Updates > All Software Updates > Synchronize Software Updates > Yes; the"
                    + " change makes it a full synchronization, and a child site waits for its parent";
    private static final String REQUIRE =
            "require SSL in ConfigMgr site P01 with software update point wsus01.contoso.com";
    private static final String SYNCHRONIZE =
            "start a full synchronization of site P01, which takes long; a child site waits for its parent";

    private WsusWorld world;
    private SimulatedServer siteServer;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
        siteServer = new SimulatedServer("cm01", 20348, world.house.bench.clock, new SecureRandom())
                .with(Behaviour.LOGS_ON_BY_KEY);
        siteServer.putUpdatePoint(IisHouse.NAME, false);
        world.reach(SITE_SERVER, siteServer.host());
        mode(HostMode.MANAGE);
        world.untilClientsAreReady();
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private void mode(HostMode mode) {
        world.house.bench.wishes.put(new Host(SITE_SERVER, mode, Optional.empty()));
    }

    private WsusServer server() {
        return world.pointOf(new SitePoint("P01", DnsName.parse(IisHouse.NAME), Optional.of(SITE_SERVER)));
    }

    private WsusOutcome apply() throws LifecycleException {
        return new WsusApply(world.ports()).apply(server(), false);
    }

    private List<WsusDrift> drifts() throws LifecycleException {
        return new WsusCheck(world.ports())
                .inspect(server()).stream()
                        .filter(drift -> drift.code().startsWith("UPDATE_POINT"))
                        .toList();
    }

    @Test
    void is_told_by_a_task_after_wsus_is_switched_and_synchronizes_once() throws LifecycleException {
        assertThat(drifts())
                .containsExactly(new WsusDrift(
                        "UPDATE_POINT",
                        "ConfigMgr site P01 does not require SSL with software update point wsus01.contoso.com",
                        "certwright wsus apply wsus01, or " + CONSOLE));
        assertThat(new WsusApply(world.ports()).preview(server()).sentences())
                .endsWith("would " + REQUIRE, "would " + SYNCHRONIZE);

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.Compliant.class,
                        done -> assertThat(done.sentences())
                                .endsWith(
                                        REQUIRE,
                                        SYNCHRONIZE + "; \"certwright wsus check --logs DIR\" reads its logs"));

        assertThat(world.house.server.setupValues()).containsEntry("UsingSSL", "1");
        assertThat(siteServer.called())
                .containsSubsequence("Invoke-AsSystem", "Set-UpdatePointSsl", "Start-FullSynchronization");
        assertThat(drifts()).isEmpty();
        assertThat(apply()).isEqualTo(new WsusOutcome.Compliant(List.of()));
        assertThat(siteServer.synchronizedSites()).containsExactly("P01");
    }

    @Test
    void a_site_server_in_report_mode_is_left_to_people() throws LifecycleException {
        mode(HostMode.REPORT);

        assertThat(apply()).isInstanceOfSatisfying(WsusOutcome.Held.class, held -> {
            assertThat(held.hold().sentence())
                    .isEqualTo(
                            "site server cm01 is in mode report, so that ConfigMgr was not told; set \"mode: manage\" in its"
                                    + " settings; or by hand, " + CONSOLE + "; " + THEN);
            assertThat(held.sentences()).isNotEmpty();
        });
        assertThat(siteServer.synchronizedSites()).isEmpty();
    }

    @Test
    void what_fails_there_waits_for_a_person_and_wsus_stays_switched() throws LifecycleException {
        siteServer.plan(Mishap.at("Set-UpdatePointSsl", false, Mishap.Kind.ERROR));

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.Held.class,
                        held -> assertThat(held.hold().sentence())
                                .startsWith(
                                        "ConfigMgr site P01 could not be told: host cm01: Set-UpdatePointSsl failed: ")
                                .endsWith("; or by hand, " + CONSOLE + "; " + THEN));
        assertThat(world.house.server.setupValues()).containsEntry("UsingSSL", "1");

        assertThat(apply()).isInstanceOf(WsusOutcome.Compliant.class);
        assertThat(siteServer.synchronizedSites()).containsExactly("P01");
    }

    @Test
    void a_site_that_does_not_know_the_server_or_does_not_answer_is_named() throws LifecycleException {
        SitePoint other = new SitePoint("P01", DnsName.parse("wsus09.contoso.com"), Optional.of(SITE_SERVER));
        assertThat(new PointSwitch(world.ports()).find(world.pointOf(other)))
                .hasValueSatisfying(drift -> assertThat(drift.sentence())
                        .isEqualTo("ConfigMgr site P01 knows no software update point wsus09.contoso.com, but"
                                + " \\\\wsus01.contoso.com"));

        siteServer.plan(Mishap.at("Invoke-AsSystem", false, Mishap.Kind.CONNECTION_LOST));
        assertThat(drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.code()).isEqualTo("UPDATE_POINT_UNREACHED");
            assertThat(drift.sentence())
                    .isEqualTo(
                            "software update point wsus01.contoso.com: host cm01: the connection was lost in the middle of a"
                                    + " visit; it is tried again");
            assertThat(drift.fix()).isEqualTo("correct site-server and site-code in the settings, or " + CONSOLE);
        });
    }

    @Test
    void without_a_site_server_people_are_told_what_to_do() throws LifecycleException {
        WsusServer byHand = world.pointOf(new SitePoint("P01", DnsName.parse(IisHouse.NAME), Optional.empty()));

        assertThat(new WsusApply(world.ports()).preview(byHand).sentences())
                .endsWith("a person would have to, " + CONSOLE + "; " + THEN);
        assertThat(new WsusApply(world.ports()).apply(byHand, false).sentences())
                .endsWith("now a person has to, " + CONSOLE + "; " + THEN);
        assertThat(new WsusApply(world.ports()).apply(byHand, false)).isEqualTo(new WsusOutcome.Compliant(List.of()));
    }

    @Test
    void undo_says_that_the_site_goes_on_to_require_tls() throws LifecycleException {
        assertThat(apply()).isInstanceOf(WsusOutcome.Compliant.class);

        assertThat(new WsusUndo(world.ports()).undo(server()).sentences())
                .endsWith("ConfigMgr site P01 is left as it is: where it requires SSL with software update point"
                        + " wsus01.contoso.com, it goes on to; a person clears \"Require SSL communication to the WSUS server\""
                        + " in the ConfigMgr console, Administration > Overview > Site Configuration > Servers and Site System"
                        + " Roles > wsus01.contoso.com > software update point > Properties");
        assertThat(siteServer.host().perform(new GetUpdatePoints("P01")).points())
                .extracting(UpdatePoint::ssl)
                .containsExactly(true);
    }

    @Test
    void a_site_code_is_three_letters_or_digits() {
        assertThatThrownBy(() -> new SitePoint("P-1", DnsName.parse(IisHouse.NAME), Optional.empty()))
                .hasMessage("site-code: got \"P-1\", wanted three letters or digits such as P01");
    }
}
