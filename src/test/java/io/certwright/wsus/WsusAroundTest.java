package io.certwright.wsus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.StoreName;
import io.certwright.windows.WsusCall.GetUpstream;
import io.certwright.windows.WsusCall.SetUpstream;
import io.certwright.windows.WsusCall.Upstream;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consoles, servers below, and what else is found on a server. */
final class WsusAroundTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final HostName BELOW = new HostName("wsus02");

    private WsusWorld world;
    private SimulatedServer below;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
        below = FreshWsus.on(
                new SimulatedServer("wsus02", 17763, world.house.bench.clock, new SecureRandom()), 8530, 8531);
        below.reach(IisHouse.NAME, world.house.server);
        below.knowName(IisHouse.NAME, List.of("127.0.0.1"));
        world.reach(BELOW, below.host());
        world.house.bench.wishes.put(new Host(BELOW, HostMode.MANAGE, Optional.empty()));
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private void trustRootOn(SimulatedServer server) {
        for (X509Certificate anchor : world.house.bench.issuer.anchors()) {
            server.putCertificate(StoreName.ROOT, anchor, Optional.empty(), false);
        }
    }

    private WsusServer withDownstream() {
        WsusServer child = new WsusServer(
                BELOW,
                DnsName.parse("wsus02.contoso.com"),
                8531,
                CertificateName.of("wsus02"),
                new BindingName("iis:wsus02/WSUS Administration:8531"),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
        return world.server(List.of(), List.of(child));
    }

    private Upstream upstream() throws LifecycleException {
        return below.host().perform(new GetUpstream());
    }

    private WsusOutcome apply() throws LifecycleException {
        return new WsusApply(world.ports()).apply(withDownstream(), false);
    }

    @Test
    void a_downstream_server_is_linked_and_has_synchronized_before_tls_is_required() throws LifecycleException {
        trustRootOn(below);
        below.host().perform(new SetUpstream(DnsName.parse("wsus01"), 8530, false, true));
        world.untilClientsAreReady();

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.Held.class,
                        held -> assertThat(held.hold().sentence())
                                .isEqualTo("downstream server wsus02 was told to use https://wsus01.contoso.com:"
                                        + world.house.https
                                        + " and synchronizes; TLS is required here once it has succeeded"));
        assertThat(upstream()).isEqualTo(new Upstream(false, IisHouse.NAME, world.house.https, true, true));
        assertThat(world.house.server.setupValues()).containsEntry("UsingSSL", "0");

        assertThat(apply()).isInstanceOf(WsusOutcome.Compliant.class);
        assertThat(world.house.server.setupValues()).containsEntry("UsingSSL", "1");
    }

    @Test
    void a_downstream_server_that_cannot_synchronize_over_tls_keeps_the_upstream_as_it_is() throws LifecycleException {
        world.untilClientsAreReady();
        apply();

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.Held.class,
                        held -> assertThat(held.hold().sentence())
                                .isEqualTo(
                                        "downstream server wsus02 has not synchronized over TLS yet (last result Failed,"
                                                + " WebServiceCommunicationError); TLS is required here once it has succeeded"));
        assertThat(world.house.server.setupValues()).containsEntry("UsingSSL", "0");
    }

    @Test
    void a_downstream_server_in_report_mode_is_not_touched() throws LifecycleException {
        world.house.bench.wishes.put(new Host(BELOW, HostMode.REPORT, Optional.empty()));
        world.untilClientsAreReady();
        Upstream before = upstream();

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.Held.class,
                        held -> assertThat(held.hold().kind()).isEqualTo(HoldKind.REPORT_MODE));
        assertThat(upstream()).isEqualTo(before);
    }

    @Test
    void a_link_without_tls_is_drift() throws LifecycleException {
        assertThat(new WsusCheck(world.ports()).inspect(withDownstream()))
                .filteredOn(drift -> drift.code().equals("DOWNSTREAM_LINK"))
                .containsExactly(new WsusDrift(
                        "DOWNSTREAM_LINK",
                        "downstream server wsus02: takes updates from Microsoft, wanted wsus01.contoso.com:"
                                + world.house.https + " over TLS",
                        "certwright wsus apply wsus01, or Set-WsusServerSynchronization -UssServerName wsus01.contoso.com"
                                + " -PortNumber " + world.house.https + " -UseSsl there"));
    }

    @Test
    void a_downstream_server_that_does_not_trust_its_upstream_is_drift() throws LifecycleException {
        world.untilClientsAreReady();

        assertThat(new WsusCheck(world.ports()).inspect(withDownstream()))
                .extracting(WsusDrift::code)
                .contains("DOWNSTREAM_LINK", "DOWNSTREAM_TRUST");

        trustRootOn(below);
        assertThat(new WsusCheck(world.ports()).inspect(withDownstream()))
                .extracting(WsusDrift::code)
                .contains("DOWNSTREAM_LINK")
                .doesNotContain("DOWNSTREAM_TRUST");
    }

    @Test
    void clients_that_are_given_another_url_are_drift() throws LifecycleException {
        world.untilClientsAreReady();
        world.clientsUse(Optional.empty());

        assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                .filteredOn(drift -> drift.code().equals("CLIENT_URL"))
                .containsExactly(new WsusDrift(
                        "CLIENT_URL",
                        "client group clients has no update-server, wanted https://wsus01.contoso.com:"
                                + world.house.https + "; clients go on with the URL they have",
                        "update-server: \"https://wsus01.contoso.com:" + world.house.https
                                + "\" under client-groups: clients, or leave it where others set WUServer"));
    }

    private List<String> console() throws LifecycleException {
        return new WsusCheck(world.ports())
                .inspect(world.server(List.of(BELOW), List.of())).stream()
                        .map(WsusDrift::code)
                        .filter(code -> code.startsWith("CONSOLE"))
                        .toList();
    }

    @Test
    void a_console_that_trusts_what_it_sees_is_well() throws LifecycleException {
        world.untilClientsAreReady();
        trustRootOn(below);

        assertThat(console()).isEmpty();
    }

    @Test
    void a_console_without_the_name_is_told_so() throws LifecycleException {
        world.untilClientsAreReady();
        below.knowName(IisHouse.NAME, List.of());

        assertThat(console()).containsExactly("CONSOLE_NAME");
    }

    @Test
    void a_console_without_the_root_is_told_of_trust() throws LifecycleException {
        world.untilClientsAreReady();

        assertThat(console()).containsExactly("CONSOLE_TRUST");
    }

    @Test
    void a_console_that_gets_no_handshake_is_told_of_the_port() throws LifecycleException {
        assertThat(console()).containsExactly("CONSOLE_PORT");
    }

    private List<String> drift() throws LifecycleException {
        return new WsusCheck(world.ports())
                .inspect(world.server()).stream().map(WsusDrift::code).toList();
    }

    @Test
    void everything_odd_on_a_server_is_named() throws LifecycleException {
        world.untilClientsAreReady();
        new WsusApply(world.ports()).apply(world.server(), false);
        SimulatedServer server = world.house.server;
        server.putPool("WsusPool", new PoolState(true, "Started", 1000, 20, true, 1_843_200, 1740));
        server.putSetupValue("SqlServerName", "ExpandString", "sql01\\WSUS");
        server.knowName(IisHouse.NAME, List.of("10.9.9.9"));
        server.with(Behaviour.HAS_REBIND_TASK);
        server.addBinding(FreshWsus.SITE_ID, "https", "*:444:alias.contoso.com", 0);

        assertThat(drift())
                .containsExactly(
                        "SEVERAL_HTTPS_BINDINGS",
                        "HOST_HEADER",
                        "NAME_ELSEWHERE",
                        "POOL_VALUES",
                        "SQL_REMOTE",
                        "AUTOMATIC_REBIND");
    }

    private List<WsusDrift> found(String code) throws LifecycleException {
        return new WsusCheck(world.ports())
                .inspect(world.server()).stream()
                        .filter(drift -> drift.code().equals(code))
                        .toList();
    }

    @Test
    void https_bindings_that_nothing_renews_are_named_and_those_of_the_settings_are_not() throws LifecycleException {
        world.untilClientsAreReady();
        SimulatedServer server = world.house.server;
        server.addBinding(FreshWsus.SITE_ID, "https", "*:444:", 0);
        server.addBinding(FreshWsus.SITE_ID, "https", "[::1]:445:", 0);

        assertThat(found("SEVERAL_HTTPS_BINDINGS"))
                .containsExactly(new WsusDrift(
                        "SEVERAL_HTTPS_BINDINGS",
                        "site \"WSUS Administration\" has 3 https bindings, and nothing renews the certificate of *:444:, [::1]:445:",
                        "remove in IIS Manager what nobody uses, or add one bind entry for each port"));

        world.house.bindOn(List.of(world.house.https, 444, 445));

        assertThat(found("SEVERAL_HTTPS_BINDINGS")).isEmpty();
    }

    @Test
    void an_account_without_an_administrators_token_is_told_every_right_that_it_lacks() throws LifecycleException {
        world.house.server.with(Behaviour.FILTERS_TOKEN);

        assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                .containsExactly(
                        new WsusDrift(
                                "HOST_NOT_ELEVATED",
                                "host wsus01: account \"WSUS01\\certwright\" has no administrator's token, wanted one; make it a"
                                        + " member of the local Administrators there, or start Certwright elevated",
                                "mend that, then check again: nothing else can be looked at before"),
                        new WsusDrift(
                                "WSUS_RIGHT",
                                "host wsus01: account \"WSUS01\\certwright\" is not in WSUS Administrators either, one of which"
                                        + " WsusUtil configuressl and WSUS' console ask for",
                                "membership in the local Administrators is enough for both; for WSUS alone:"
                                        + " Add-LocalGroupMember -SID S-1-5-21-1004336348-1177238915-682003330-1007 -Member"
                                        + " 'WSUS01\\certwright' there, and log on anew"));

        world.house.server.join(FreshWsus.ADMINISTRATORS, true);

        assertThat(drift()).containsExactly("HOST_NOT_ELEVATED");
    }

    @Test
    void an_account_that_wsus_itself_does_not_let_in_is_told_so() throws LifecycleException {
        world.house.server.with(Behaviour.LOCKS_OUT_OF_WSUS);

        assertThat(found("WSUS_RIGHT"))
                .containsExactly(new WsusDrift(
                        "WSUS_RIGHT",
                        "WSUS itself does not let the account in: host wsus01: Get-LocalWsus failed: the account may not do that on"
                                + " the host (0x80070005, Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED)));"
                                + " make it a member of the local Administrators there, and log on without a token that UAC filtered",
                        "Add-LocalGroupMember -Group \"WSUS Administrators\" there, and log on anew; where the database is on"
                                + " another server, see that the account may use it, too"));
    }

    @Test
    void a_server_without_the_module_of_wsus_is_told_what_brings_it() throws LifecycleException {
        world.house.server.with(Behaviour.LACKS_UPDATE_SERVICES);

        assertThat(found("WSUS_API"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.sentence())
                        .startsWith(
                                "WSUS' own API does not answer: host wsus01: Get-LocalWsus failed: a command is missing on the"
                                        + " host ("));
    }

    @Test
    void a_downstream_server_whose_wsus_does_not_let_the_account_in_is_told_so() throws LifecycleException {
        below.with(Behaviour.LOCKS_OUT_OF_WSUS);

        assertThat(new WsusCheck(world.ports()).inspect(withDownstream()))
                .filteredOn(drift -> drift.code().equals("DOWNSTREAM_RIGHT"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.sentence())
                        .startsWith("downstream server wsus02: WSUS itself does not let the account in: host wsus02:"
                                + " Get-Upstream failed: the account may not do that on the host ("));
    }

    @Test
    void a_sid_is_read_from_its_bytes_and_from_its_text_and_from_nothing_else() {
        assertThat(WsusRights.findSid("1 5 0 0 0 0 0 5 21 0 0 0 220 244 220 59 131 61 43 70 130 139 166 40 239 3 0 0"))
                .contains(FreshWsus.ADMINISTRATORS);
        assertThat(WsusRights.findSid("1 2 0 0 0 0 0 5 32 0 0 0 32 2 0 0")).contains("S-1-5-32-544");
        assertThat(WsusRights.findSid("S-1-5-32-544")).contains("S-1-5-32-544");
        for (String other : List.of(
                "",
                "1",
                "1 2 0 0 0 0 0 5 32 0 0 0 32 2 0",
                "2 1 0 0 0 0 0 5 32 0 0 0",
                "a b",
                "1 0 0 0 0 0 0 5",
                "S-1-5-32-544; exit")) {
            assertThat(WsusRights.findSid(other)).as(other).isEmpty();
        }
    }

    @Test
    void the_values_of_the_pool_are_told_one_by_one() throws LifecycleException {
        world.house.server.putPool("WsusPool", new PoolState(true, "Started", 1000, 20, true, 1_843_200, 1740));

        assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                .filteredOn(drift -> drift.code().equals("POOL_VALUES"))
                .extracting(WsusDrift::sentence)
                .containsExactly(
                        "application pool WsusPool has queue length 1000, wanted 2000; idle time-out 20 min, wanted 0;"
                                + " ping on, wanted off; private memory limit 1843200 KiB, wanted 0; recycling every 1740 min, wanted 0;"
                                + " with TLS it runs out of these sooner, and clients see 503");
    }

    @Test
    void a_stray_entry_on_the_port_is_named_with_its_end() throws LifecycleException {
        world.untilClientsAreReady();
        world.house.server.putHttpSysEntry(
                "ipport=10.0.0.7:" + world.house.https, world.house.served().orElseThrow(), "My");

        assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                .filteredOn(drift -> drift.code().equals("STRAY_ENTRY"))
                .extracting(WsusDrift::fix)
                .containsExactly("netsh http delete sslcert ipport=10.0.0.7:" + world.house.https);
    }

    @Test
    void a_server_without_wsus_is_refused_with_a_sentence() {
        SimulatedServer plain = new SimulatedServer("web01", 17763, world.house.bench.clock, new SecureRandom());
        world.reach(WsusWorld.HOST, plain.host());

        assertThatThrownBy(this::drift)
                .isInstanceOf(LifecycleException.class)
                .hasMessage(
                        "host web01: WSUS recorded no site of its own (IISTargetWebsiteIndex); install the role and finish its"
                                + " setup (WsusUtil postinstall), then try again");
    }
}
