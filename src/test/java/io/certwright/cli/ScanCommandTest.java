package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.StoreName;
import io.certwright.wsus.WsusPorts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanCommandTest {
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
        return Run.of(
                new OpenedHouse(new ClosedRooms() {
                    @Override
                    public List<String> hosts() {
                        return List.of("wsus01");
                    }

                    @Override
                    public WsusPorts wsus() {
                        return world.ports();
                    }

                    @Override
                    public CertificateRepository certificates() {
                        return world.house.bench.stored().certificates();
                    }

                    @Override
                    public Issuers issuers() {
                        return world.house.bench.ports().issuers();
                    }

                    @Override
                    public Clock clock() {
                        return world.house.bench.clock;
                    }
                }),
                words);
    }

    /** A site that somebody bound by hand. */
    private Thumbprint bindPortal(TestCertificate draft) {
        var leaf = draft.certificate();
        world.house.server.putCertificate(
                StoreName.MY, leaf, Optional.of(draft.keyPair().getPrivate()), true);
        world.house.server.addSite(7, "Portal \"${x}\"");
        world.house.server.addBinding(7, "https", "*:4430:", 0);
        world.house.server.putHttpSysEntry("ipport=0.0.0.0:4430", Thumbprint.of(leaf), "My");
        return Thumbprint.of(leaf);
    }

    @Test
    void a_host_whose_bindings_are_managed_is_settled() {
        world.house.bench.renew();
        world.untilClientsAreReady();
        world.house.bench.renew();

        Run run = run("scan");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("WSUS Administration", "wsus01");
        assertThat(world.house
                        .server
                        .called()
                        .subList(
                                world.house.server.called().size() - 5,
                                world.house.server.called().size()))
                .allMatch(call -> call.startsWith("Get-"));
    }

    @Test
    void what_nobody_looks_after_is_a_finding_with_the_command_that_adopts_it() {
        Thumbprint portal = bindPortal(world.house.bench.ca.leaf("portal.contoso.com"));

        Run run = run("scan", "wsus01");

        assertThat(run.exit()).isEqualTo(10);
        assertThat(run.out()).contains(portal.abbreviated() + "…", "nobody: certwright adopt wsus01:4430", "Portal");
        assertThat(run("scan", "--json").out())
                .contains("\"site\":\"Portal \\\"${x}\\\"\",\"binding\":\"*:4430:\",\"sslFlags\":0,\"thumbprint\":\""
                        + portal + "\"");
    }

    @Test
    void drift_between_iis_and_http_sys_is_a_finding() {
        world.house.server.putHttpSysEntry("ipport=0.0.0.0:9999", new Thumbprint("A".repeat(40)), "My");

        Run run = run("scan");

        assertThat(run.exit()).isEqualTo(10);
        assertThat(run.out())
                .contains(
                        "wsus01  ORPHANED_ENTRY: http.sys has an entry of IIS for 0.0.0.0:9999 that no binding refers to"
                                + System.lineSeparator() + "  fix: netsh http delete sslcert ipport=0.0.0.0:9999");
    }

    @Test
    void an_unknown_host_is_told() {
        assertThat(run("scan", "wsus1").err())
                .isEqualTo("certwright: host \"wsus1\": not in the settings; did you mean \"wsus01\"?"
                        + System.lineSeparator());
    }

    /** Nobody would renew it there: the settings bind it elsewhere. */
    @Test
    void a_second_place_of_a_managed_certificate_is_a_finding() throws LifecycleException {
        world.untilClientsAreReady();
        world.house.server.addSite(7, "Portal");
        world.house.server.addBinding(7, "https", "*:4430:", 0);
        world.house.server.putHttpSysEntry("ipport=0.0.0.0:4430", world.house.inUse(), "My");

        Run run = run("scan");

        assertThat(run.exit()).isEqualTo(10);
        assertThat(run.out()).contains("nobody: it is of wsus01, but this place is not; add it under bind of wsus01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines $(x) `y`", "‘a’ “b” \ud83d\ude00"})
    void sites_of_any_name_are_listed(String site) {
        world.house.server.addSite(8, site);
        world.house.server.addBinding(8, "https", "*:4440:", 0);

        Run run = run("scan");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("*:4440:").doesNotContain("two\nlines");
    }

    @Test
    void a_site_with_a_name_of_5_kilobytes_is_listed() {
        world.house.server.addSite(8, "x".repeat(5_000));
        world.house.server.addBinding(8, "https", "*:4440:", 0);

        assertThat(run("scan").exit()).isZero();
        assertThat(run("adopt", "wsus01:4440").exit()).isNotZero();
    }
}
