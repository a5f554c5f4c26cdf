package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.StoreName;
import io.certwright.wsus.WsusPorts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ScanCommandTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final List<String> added = new ArrayList<>();
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

                    @Override
                    public void addToSettings(String section, List<String> entry) {
                        added.add(section);
                        added.addAll(entry);
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

    @Test
    void adopting_writes_names_key_and_place_into_the_settings() {
        bindPortal(world.house.bench.ca.leaf("portal.contoso.com", "www.contoso.com"));

        Run run = run("adopt", "wsus01:4430", "--name", "portal");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(added)
                .containsExactly(
                        "certificates",
                        "portal:",
                        "  dns: [\"portal.contoso.com\", \"www.contoso.com\"]",
                        "  issuer: \"lab\"",
                        "  key: { algorithm: ec, size: 256 }",
                        "  bind:",
                        "    - { type: iis, host: wsus01, site: \"Portal \\\"$${x}\\\"\", port: 4430 }");
        assertThat(run.out())
                .isEqualTo(String.join(
                                System.lineSeparator(),
                                "Portal \"${x}\" *:4430: on wsus01 becomes certificate portal for portal.contoso.com, www.contoso.com",
                                "next: \"certwright renew portal --dry-run\" shows what would change; \"mode: manage\" under hosts:"
                                        + " wsus01 lets it")
                        + System.lineSeparator());
    }

    @Test
    void the_common_name_stands_in_where_there_is_no_san() {
        bindPortal(world.house.bench.ca.leaf("x.contoso.com").noSan().subject("CN=old.contoso.com"));

        run("adopt", "wsus01:4430", "--name", "portal");

        assertThat(added).contains("  dns: [\"old.contoso.com\"]");
    }

    @Test
    void what_is_managed_is_not_adopted_again() {
        world.house.bench.renew();

        Run run = run("adopt", "wsus01:" + world.house.https);

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .endsWith("nothing to do, certificate wsus01 is bound there already" + System.lineSeparator());
        assertThat(added).isEmpty();
    }

    @Test
    void words_that_do_not_fit_are_told() {
        bindPortal(world.house.bench.ca.leaf("portal.contoso.com"));

        assertThat(run("adopt", "wsus01").err()).contains("got https bindings on several ports");
        assertThat(run("adopt", "wsus01:1").err())
                .contains("got no https binding there; \"certwright scan\" shows those there are.");
        assertThat(run("adopt", "wsus01:4430").err())
                .contains("there is a certificate wsus01 in the settings already; give another name with --name.");
    }
}
