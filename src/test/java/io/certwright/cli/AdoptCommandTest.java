package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.discovery.SettingsEntry;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.testing.WsusWorld;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.windows.StoreName;
import io.certwright.wsus.WsusPorts;
import io.certwright.wsus.WsusServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AdoptCommandTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final List<String> added = new ArrayList<>();
    private WsusWorld world;
    private FakeSurroundings surroundings;
    private final List<ClientGroup> groups = new ArrayList<>();
    private boolean unwritable;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
        surroundings = new FakeSurroundings(StoryBench.START, List.of(), List.of());
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private Run run(String... words) {
        return Run.of(new OpenedHouse(new Opened()), words);
    }

    /** The settings are kept here; all else is the world's. */
    private final class Opened extends ClosedRooms {
        @Override
        public List<String> hosts() {
            return List.of("wsus01");
        }

        @Override
        public WsusPorts wsus() {
            return world.ports();
        }

        @Override
        public Wishes wishes() {
            return world.house.bench.wishes;
        }

        @Override
        public CertificateRepository certificates() {
            return world.house.bench.stored().certificates();
        }

        @Override
        public RenewalRepository renewals() {
            return world.house.bench.stored().renewals();
        }

        @Override
        public Story story() {
            return world.house.bench.story();
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
        public Surroundings surroundings() {
            return surroundings;
        }

        @Override
        public List<ClientGroup> clientGroups() {
            return groups;
        }

        @Override
        public List<WsusServer> wsusServers() {
            return List.of();
        }

        @Override
        public void addToSettings(List<SettingsEntry> entries, BeforeAdded before) throws LifecycleException {
            List<String> entry = entries.get(0).lines();
            ConfigMapping read = new SettingsFile(Path.of("certwright.yml"), Map.of())
                    .parse(String.join("\n", entry), new Faults())
                    .orElseThrow();
            String name = entry.get(0).replace(":", "");
            before.with(wishesWith(name, read.mapping(name).orElseThrow().values("dns", DnsName::parse)));
            if (unwritable) {
                world.house.bench.wishes.remove(CertificateName.of(name));
                throw new LifecycleException(
                        FailureKind.REFUSED, "SETTINGS_NOT_CHANGED", "settings: cannot be changed");
            }
            entries.forEach(each -> {
                added.add(each.section());
                added.addAll(each.lines());
            });
        }
    }

    private Wishes wishesWith(String name, List<DnsName> dns) {
        world.house.bench.inForce(
                TestWish.named(name).dns(dns.stream().map(DnsName::value).toArray(String[]::new)));
        return world.house.bench.wishes;
    }

    /** A site that somebody bound by hand. */
    private Thumbprint bindPortal(TestCertificate draft) {
        world.house.server.addSite(7, "Portal \"${x}\"");
        world.house.server.addBinding(7, "https", "*:4430:", 0);
        return bind(draft, 4430);
    }

    private Thumbprint bind(TestCertificate draft, int port) {
        var leaf = draft.certificate();
        world.house.server.putCertificate(
                StoreName.MY, leaf, Optional.of(draft.keyPair().getPrivate()), true);
        world.house.server.putHttpSysEntry("ipport=0.0.0.0:" + port, Thumbprint.of(leaf), "My");
        return Thumbprint.of(leaf);
    }

    @Test
    void adopting_writes_names_key_and_place_into_the_settings_and_the_served_certificate_into_use()
            throws LifecycleException {
        Thumbprint portal = bindPortal(world.house.bench.ca.leaf("portal.contoso.com", "www.contoso.com"));

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
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "Portal \"${x}\" *:4430: on wsus01 becomes certificate portal for portal.contoso.com, www.contoso.com"),
                        line -> assertThat(line)
                                .startsWith("it is the certificate in use of portal now; its successor is due 2026-")
                                .endsWith(": 66% of its lifetime"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "next: \"certwright renew portal --dry-run\" shows what would change; \"mode: manage\""
                                                + " under hosts: wsus01 lets it"));
        assertThat(inUse("portal")).contains(portal);
        assertThat(world.house.server.called()).allMatch(call -> call.startsWith("Get-"));
    }

    @Test
    void the_site_of_wsus_comes_with_its_only_client_group_and_its_own_entry() throws LifecycleException {
        world.house.bench.wishes.remove(CertificateName.of("wsus01"));
        groups.add(world.house.bench.wishes.group(ClientGroupName.of("clients")));
        bind(world.house.bench.ca.leaf("*.contoso.com", "other.contoso.com", "wsus01.contoso.com"), world.house.https);

        Run run = run("adopt", "wsus01:" + world.house.https);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(added)
                .contains("  clients: \"clients\"")
                .endsWith("wsus", "wsus01: { ssl-name: \"wsus01.contoso.com\" }");
        assertThat(run.out())
                .contains(
                        "it is a WSUS server, held to the name wsus01.contoso.com from now on: \"certwright wsus check wsus01\" shows"
                                + " what differs",
                        "its clients are clients, the only client group of the settings");
        assertThat(world.house.server.called()).allMatch(call -> call.startsWith("Get-"));
    }

    @Test
    void which_clients_a_wsus_server_has_is_not_guessed() {
        world.house.bench.wishes.remove(CertificateName.of("wsus01"));
        bind(world.house.bench.ca.leaf("wsus01"), world.house.https);

        assertThat(run("adopt", "wsus01:" + world.house.https, "--name", "none").out())
                .contains(
                        "it is a WSUS server, but its certificate has no full name that could stand under wsus: wsus01",
                        "nothing says who its clients are: add a client group, and clients: under certificates: none");
        assertThat(added).doesNotContain("wsus").noneMatch(line -> line.startsWith("  clients:"));
    }

    @Test
    void clients_that_scan_elsewhere_are_not_taken_for_those_of_a_wsus_server() {
        world.house.bench.wishes.remove(CertificateName.of("wsus01"));
        groups.add(world.house.bench.wishes.group(ClientGroupName.of("clients")));
        bind(world.house.bench.ca.leaf("else.contoso.com"), world.house.https);

        assertThat(run("adopt", "wsus01:" + world.house.https).out())
                .contains("client group clients scans elsewhere, at https://wsus01.contoso.com:" + world.house.https
                        + ": name its clients by clients: under certificates: wsus01");
        assertThat(added)
                .endsWith("wsus", "wsus01: { ssl-name: \"else.contoso.com\" }")
                .noneMatch(line -> line.startsWith("  clients:"));
    }

    private Optional<Thumbprint> inUse(String name) throws LifecycleException {
        return world.house
                .bench
                .stored()
                .certificates()
                .findInUse(CertificateName.of(name))
                .map(stored -> stored.certificate().thumbprint());
    }

    @Test
    void settings_that_cannot_be_written_are_added_by_the_next_try() throws LifecycleException {
        Thumbprint portal = bindPortal(world.house.bench.ca.leaf("portal.contoso.com"));
        unwritable = true;
        assertThat(run("adopt", "wsus01:4430", "--name", "portal").exit()).isNotZero();

        unwritable = false;

        assertThat(run("adopt", "wsus01:4430", "--name", "portal").exit()).isZero();
        assertThat(added).startsWith("certificates", "portal:");
        assertThat(inUse("portal")).contains(portal);
    }

    @Test
    void bindings_that_share_a_certificate_are_adopted_as_one() {
        Thumbprint portal = bindPortal(world.house.bench.ca.leaf("portal.contoso.com"));
        world.house.server.addBinding(7, "https", "*:4431:", 0);
        world.house.server.putHttpSysEntry("ipport=0.0.0.0:4431", portal, "My");

        Run run = run("adopt", "wsus01", "--site", "Portal \"${x}\"", "--name", "portal");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(added)
                .endsWith(
                        "  bind:",
                        "    - { type: iis, host: wsus01, site: \"Portal \\\"$${x}\\\"\", port: 4430 }",
                        "    - { type: iis, host: wsus01, site: \"Portal \\\"$${x}\\\"\", port: 4431 }");
    }

    @Test
    void several_certificates_are_to_be_told_apart() {
        bindPortal(world.house.bench.ca.leaf("portal.contoso.com"));
        world.house.server.addBinding(7, "https", "*:4431:", 0);
        bind(world.house.bench.ca.leaf("other.contoso.com"), 4431);

        assertThat(run("adopt", "wsus01").err())
                .contains(
                        "adopt wsus01: got several certificates, Portal \"${x}\" *:4430:, Portal \"${x}\" *:4431:, wanted one of"
                                + " them by HOST:PORT or --site.");
    }

    /** A person wrote the entry; what is served there is still unknown here. */
    @Test
    void what_a_written_entry_binds_becomes_its_certificate_in_use() throws LifecycleException {
        Thumbprint byHand = bind(world.house.bench.ca.leaf("wsus01.contoso.com"), world.house.https);

        Run run = run("adopt", "wsus01:" + world.house.https);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("WSUS Administration *:" + world.house.https
                        + ": on wsus01 becomes certificate wsus01 for wsus01.contoso.com");
        assertThat(added).isEmpty();
        assertThat(inUse("wsus01")).contains(byHand);
    }

    @Test
    void what_a_written_entry_is_not_for_is_left_to_the_first_renewal() throws LifecycleException {
        bind(world.house.bench.ca.leaf("else.contoso.com"), world.house.https);

        assertThat(run("adopt", "wsus01:" + world.house.https).out())
                .endsWith(
                        "certificate wsus01 is to be for wsus01.contoso.com, which what is bound there now is not; it is due"
                                + " now: certwright renew wsus01" + System.lineSeparator());
        assertThat(inUse("wsus01")).isEmpty();
    }

    @Test
    void a_server_that_is_no_host_of_the_settings_is_taken_by_its_handshake() throws LifecycleException {
        var chain = world.house.bench.ca.leaf("intranet.contoso.com").issue();
        surroundings.showing(
                "intranet.contoso.com:443",
                new PresentedCertificate(
                        Endpoint.parse("intranet.contoso.com:443"),
                        chain.chain(),
                        "TLSv1.3",
                        "TLS_AES_256_GCM_SHA384"));

        Run run = run("adopt", "intranet.contoso.com:443", "--name", "intranet");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(added).doesNotContain("  bind:").contains("  dns: [\"intranet.contoso.com\"]");
        assertThat(run.out())
                .startsWith("intranet.contoso.com:443 becomes certificate intranet for intranet.contoso.com")
                .contains("next: no host of the settings is intranet.contoso.com, so that nothing is changed there");
        assertThat(inUse("intranet")).contains(chain.thumbprint());
    }

    @Test
    void a_server_that_does_not_answer_is_told_with_the_hosts_that_are_known() {
        assertThat(run("adopt", "wsus1:443").err()).contains("; nor is a host wsus1 in the settings");
        assertThat(added).isEmpty();
    }

    @Test
    void the_common_name_stands_in_where_there_is_no_san() {
        bindPortal(world.house.bench.ca.leaf("x.contoso.com").noSan().subject("CN=old.contoso.com"));

        Run run = run("adopt", "wsus01:4430", "--name", "portal");

        assertThat(added).contains("  dns: [\"old.contoso.com\"]");
        assertThat(run.out())
                .contains(
                        "its name stands in the common name alone, where clients of today do not look; \"certwright renew"
                                + " portal --force\" replaces it before its time");
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

        assertThat(run("adopt", "wsus01:1").err())
                .contains("got no https binding there; \"certwright scan\" shows those there are.");
        assertThat(run("adopt", "wsus01:4430").err())
                .contains("there is a certificate wsus01 in the settings already; give another name with --name.");
    }
}
