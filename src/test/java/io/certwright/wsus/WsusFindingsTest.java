package io.certwright.wsus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.IisHouse;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestKeys;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.HostCall.ServiceState;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.SiteCall.RemoveHttpsBinding;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each thing that can be wrong with a server, with its whole sentence and its fix. */
final class WsusFindingsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String RENEW = "certwright renew wsus01 --force";

    private WsusWorld world;
    private SimulatedServer server;
    private String https;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
        server = world.house.server;
        https = "*:" + world.house.https + ":";
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private void assertFound(String code, String sentence, String fix) throws LifecycleException {
        assertFound(world.server(), code, sentence, fix);
    }

    private void assertFound(WsusServer wish, String code, String sentence, String fix) throws LifecycleException {
        assertThat(new WsusCheck(world.ports()).inspect(wish))
                .filteredOn(drift -> drift.code().equals(code))
                .containsExactly(new WsusDrift(code, sentence, fix));
    }

    /** Bound as somebody would by hand. */
    private void bind(X509Certificate certificate, KeyPair key) {
        server.putCertificate(StoreName.MY, certificate, Optional.of(key.getPrivate()), true);
        server.putHttpSysEntry("ipport=0.0.0.0:" + world.house.https, Thumbprint.of(certificate), "My");
    }

    private void bind(TestCertificate draft) {
        bind(draft.certificate(), draft.keyPair());
    }

    /** In place of the usual server, one that has only what the test gives it. */
    private SimulatedServer bare() {
        SimulatedServer bare = new SimulatedServer("wsus01", 17763, world.house.bench.clock, new SecureRandom());
        bare.putSetupValue("IISTargetWebsiteIndex", "DWord", "1");
        bare.addSite(1, "WSUS");
        world.reach(WsusWorld.HOST, bare.host());
        return bare;
    }

    @Test
    void an_https_binding_that_is_gone() throws LifecycleException {
        server.host().perform(new RemoveHttpsBinding(FreshWsus.SITE_ID, https));

        assertFound(
                "HTTPS_BINDING_MISSING",
                "site \"WSUS Administration\" has no https binding on port " + world.house.https,
                "certwright renew wsus01");
    }

    @Test
    void a_host_name_in_the_binding() throws LifecycleException {
        server.addBinding(FreshWsus.SITE_ID, "https", "*:443:wsus01.contoso.com", 1);

        assertFound(
                "HOST_HEADER",
                "https binding *:443:wsus01.contoso.com has the host name \"wsus01.contoso.com\"; requests under any other name,"
                        + " the console's on the server too, find no site",
                "empty the Host name of the binding in IIS Manager");
    }

    @Test
    void an_http_binding_that_is_gone() throws LifecycleException {
        bare();

        assertFound(
                "HTTP_BINDING_MISSING",
                "site \"WSUS\" has no http binding on port " + world.house.http
                        + "; content is always fetched over http",
                "New-WebBinding -Name \"WSUS\" -Protocol http -Port " + world.house.http);
    }

    @Test
    void directories_and_a_pool_that_are_gone() throws LifecycleException {
        bare();

        assertFound("POOL_MISSING", "there is no application pool WsusPool", "repair WSUS: WsusUtil postinstall");
        assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                .filteredOn(drift -> drift.code().equals("DIRECTORY_MISSING"))
                .hasSize(5)
                .first()
                .isEqualTo(new WsusDrift(
                        "DIRECTORY_MISSING",
                        "site \"WSUS\" has no virtual directory ApiRemoting30",
                        "repair WSUS: WsusUtil postinstall"));
    }

    @Test
    void a_service_that_is_stopped_and_one_that_is_not_there() throws LifecycleException {
        server.putService("WsusService", new ServiceState(true, "Stopped", "Automatic"));
        assertFound("SERVICE_STOPPED", "service WsusService is Stopped", "Start-Service WsusService");

        bare();
        assertFound("SERVICE_STOPPED", "service WsusService is not there", "Start-Service WsusService");
    }

    @Test
    void a_pool_that_is_stopped_shows_in_the_probes() throws LifecycleException {
        world.untilClientsAreReady();
        server.putPool("WsusPool", new PoolState(true, "Stopped", 2000, 0, false, 0, 0));

        assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                .filteredOn(drift -> drift.code().equals("PROBE"))
                .extracting(WsusDrift::sentence)
                .contains("https://wsus01.contoso.com:" + world.house.https
                        + "/ClientWebService/wusserverversion.xml answers 503, wanted 200");
    }

    @Test
    void a_certificate_that_is_gone_from_the_store() throws LifecycleException {
        world.house.bench.renew();
        Thumbprint gone = world.house.served().orElseThrow();
        server.removeCertificate(StoreName.MY, gone);

        assertFound(
                "CERTIFICATE_MISSING",
                "https binding " + https + " names certificate " + gone + ", which is not in LocalMachine\\My",
                RENEW);
    }

    @Test
    void a_certificate_that_has_expired() throws LifecycleException {
        world.house.bench.renew();
        world.house.bench.clock.advance(Duration.ofDays(900));
        var served = world.house.bench.inUse().certificate();

        assertFound(
                "CERTIFICATE_EXPIRED",
                "the certificate bound now is not valid now: until "
                        + served.validity().notAfter(),
                RENEW);
    }

    @Test
    void a_self_signed_certificate() throws LifecycleException {
        TestCa own = TestCa.root("CN=wsus01.contoso.com", world.house.bench.clock.instant());
        bind(own.certificate(), own.keyPair());

        assertFound(
                "SELF_SIGNED",
                "the certificate bound now is self-signed: every client has to trust each one of them",
                "use an issuer that is a CA, then " + RENEW);
    }

    @Test
    void a_certificate_with_a_short_key() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        bind(world.house.bench.ca.leaf(IisHouse.NAME).key(rsa.generateKeyPair()));

        assertFound("WEAK_CERTIFICATE", "the certificate bound now has a short key or a SHA-1 signature", RENEW);
    }

    @Test
    void a_certificate_for_another_name() throws LifecycleException {
        bind(world.house.bench.ca.leaf("other.contoso.com").key(TestKeys.fresh(KeySpec.P_256)));

        assertFound(
                "NAME_NOT_COVERED",
                "the certificate bound now is not for wsus01.contoso.com, by which clients reach this server",
                RENEW);
    }

    @Test
    void tls_that_the_whole_site_requires() throws LifecycleException {
        server.setSslFlags(FreshWsus.SITE_ID, "", "Ssl");

        assertFound(
                "TLS_REQUIRED_TOO_FAR",
                "the whole site requires SSL; content and old clients use http there, and downloads fail",
                "%windir%\\system32\\inetsrv\\appcmd.exe set config \"WSUS Administration\" /section:access /sslFlags:None"
                        + " /commit:APPHOST");
    }

    @Test
    void a_short_name_for_the_url() throws LifecycleException {
        WsusServer plain = world.server();
        WsusServer shortOne = new WsusServer(
                plain.host(),
                DnsName.parse("wsus01"),
                plain.port(),
                StoryBench.WSUS,
                plain.binding(),
                plain.clients(),
                List.of(),
                List.of(),
                Optional.empty());

        assertFound(
                shortOne,
                "SHORT_NAME",
                "ssl-name wsus01 is a short name, which is not enough for clients and downstream servers",
                "set ssl-name to the FQDN");
    }

    @Test
    void a_name_that_is_not_resolved_and_one_that_leads_elsewhere() throws LifecycleException {
        server.knowName(IisHouse.NAME, List.of());
        assertFound(
                "NAME_NOT_RESOLVED", "the server does not resolve wsus01.contoso.com itself", "add the name to DNS");

        server.knowName(IisHouse.NAME, List.of("10.9.9.9", "fd00::9"));
        assertFound(
                "NAME_ELSEWHERE",
                "the server resolves wsus01.contoso.com to 10.9.9.9, fd00::9, which are not its own addresses, 127.0.0.1",
                "correct DNS, unless a load balancer stands there");
    }

    @Test
    void a_database_on_another_server_with_its_remedies() throws LifecycleException {
        server.putSetupValue("SqlServerName", "ExpandString", "sql01\\WSUS");
        assertFound(
                "SQL_REMOTE",
                "the database is on \"sql01\\WSUS\"; the TLS of WSUS does not cover that connection",
                "move the database to this server, or a private network or IPsec between the two; SQL Server can encrypt the"
                        + " connection and require Extended Protection");

        for (String elsewhere : List.of("WIDGETS\\WSUS", "tcp:sql01.contoso.com,1433", "10.9.9.9")) {
            server.putSetupValue("SqlServerName", "ExpandString", elsewhere);
            assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                    .as(elsewhere)
                    .extracting(WsusDrift::code)
                    .contains("SQL_REMOTE");
        }
        for (String here : List.of(
                "MICROSOFT##WID",
                "np:\\\\.\\pipe\\MICROSOFT##WID\\tsql\\query",
                "wsus01",
                "tcp:wsus01.contoso.com,1433",
                "127.0.0.1",
                ".\\SQLEXPRESS")) {
            server.putSetupValue("SqlServerName", "ExpandString", here);
            assertThat(new WsusCheck(world.ports()).inspect(world.server()))
                    .as(here)
                    .extracting(WsusDrift::code)
                    .doesNotContain("SQL_REMOTE");
        }
    }

    @Test
    void a_recorded_site_that_iis_does_not_have() {
        server.putSetupValue("IISTargetWebsiteIndex", "DWord", "77");
        assertThatThrownBy(() -> new WsusCheck(world.ports()).inspect(world.server()))
                .hasMessage(
                        "host wsus01: WSUS recorded site number 77 as its own, which IIS does not have; repair WSUS there");

        server.putSetupValue("IISTargetWebsiteIndex", "String", "W3SVC/1");
        assertThatThrownBy(() -> new WsusCheck(world.ports()).inspect(world.server()))
                .hasMessage("host wsus01: IISTargetWebsiteIndex is \"W3SVC/1\", wanted the number of a site");
    }
}
