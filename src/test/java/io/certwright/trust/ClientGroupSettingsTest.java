package io.certwright.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.probe.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientGroupSettingsTest {
    private static final SettingsFile FILE = new SettingsFile(Path.of("/srv/config/c.yml"), Map.of());

    private final Faults faults = new Faults();

    @Test
    void reads_every_setting_of_a_group() {
        assertThat(read("""
                client-groups:
                  wsus-clients:
                    publish-to: //share/trust
                    pin: true
                    wait: 7d
                    retire-after: 60d
                    also-talk-to: ["wsus03.contoso.com:8531", "[fd00::1]:8531"]
                """))
                .containsExactly(new ClientGroup(
                        ClientGroupName.of("wsus-clients"),
                        true,
                        Duration.ofDays(7),
                        Duration.ofDays(60),
                        List.of(Endpoint.parse("wsus03.contoso.com:8531"), Endpoint.parse("[fd00::1]:8531")),
                        "//share/trust"));
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void a_group_of_nothing_has_its_own_folder_waits_two_weeks_and_does_not_pin() {
        assertThat(read("client-groups: { clients: {} }"))
                .containsExactly(new ClientGroup(
                        ClientGroupName.of("clients"),
                        false,
                        Duration.ofDays(14),
                        Duration.ofDays(30),
                        List.of(),
                        "./data/trust/clients"));
        assertThat(read("issuers: {}")).isEmpty();
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void two_groups_cannot_share_a_folder_however_it_is_written() {
        read("""
                client-groups:
                  one: { publish-to: ./data/trust }
                  two: { publish-to: data/x/../trust }
                """);

        assertThat(sentences())
                .containsExactly("c:3:22: client-groups.two.publish-to: got the folder of client group one,"
                        + " wanted one of its own");
    }

    @Test
    void every_fault_is_named_at_its_place() {
        read("""
                client-groups:
                  "no spaces": {}
                  clients:
                    publish-to: x
                    also-talk-to: ["wsus03"]
                    pinning: true
                """);

        assertThat(sentences())
                .containsExactly(
                        "c:2:3: client-groups.no spaces: client group name: got \"no spaces\", wanted 1 to 63 letters,"
                                + " digits, dots, hyphens or underscores, with a letter or digit at both ends",
                        "c:5:20: client-groups.clients.also-talk-to[0]: endpoint: got \"wsus03\", wanted host:port such as"
                                + " wsus.contoso.com:8531, or [address]:port for IPv6",
                        "c:6:5: client-groups.clients.pinning: unknown key, wanted one of publish-to, pin, wait, retire-after,"
                                + " also-talk-to, update-server, local-update-signers, expected-hosts, confirmed");
    }

    @Test
    void an_empty_folder_is_refused() {
        read("client-groups: { clients: { publish-to: '' } }");

        assertThat(sentences()).hasSize(1);
        assertThat(sentences().get(0))
                .endsWith("client group clients: got an empty publish-to, wanted the folder for its trust package");
    }

    @Test
    void reads_where_clients_scan_and_which_of_them_are_enough(@TempDir Path folder) throws Exception {
        Path hosts = folder.resolve("hosts.txt");
        Files.writeString(hosts, "\uFEFFPC1.contoso.com\r\n\n# the lab\npc2   # old\npc1.contoso.com\n");

        ClientGroup group = read("client-groups: { clients: { update-server: 'https://WSUS.contoso.com:8531/',"
                        + " confirmed: 97.5%, expected-hosts: '" + hosts + "' } }")
                .get(0);

        assertThat(faults.list()).isEmpty();
        assertThat(group.updates().server().map(UpdateServer::url)).contains("https://wsus.contoso.com:8531");
        assertThat(group.expected().orElseThrow().hosts())
                .containsExactly(new ClientHost("pc1.contoso.com"), new ClientHost("pc2"));
        assertThat(group.expected().orElseThrow().share()).hasToString("Optional[97.5%]");
    }

    @Test
    void a_share_without_a_list_of_hosts_is_refused() {
        read("client-groups: { clients: { confirmed: 95% } }");

        assertThat(sentences())
                .containsExactly("c:1:40: client-groups.clients.confirmed: got 95% without expected-hosts,"
                        + " wanted the list of hosts to count");
    }

    @Test
    void wrong_updates_and_hosts_are_named(@TempDir Path folder) throws Exception {
        Path hosts = folder.resolve("hosts.txt");
        Files.writeString(hosts, "good\nnot a host\n");
        read("client-groups:\n  clients:\n    update-server: http://wsus.contoso.com:8530\n    confirmed: 120%\n"
                + "    expected-hosts: " + hosts + "\n    local-update-signers: [" + folder.resolve("none.cer")
                + "]\n");

        assertThat(sentences())
                .hasSize(4)
                .anyMatch(sentence ->
                        sentence.endsWith("update server: got \"http://wsus.contoso.com:8530\", wanted https://,"
                                + " a full host name and the port, such as https://wsus.contoso.com:8531"))
                .anyMatch(sentence -> sentence.endsWith(
                        "share of confirmed clients: got 1200 per mille, wanted more than 0% and at most 100%"))
                .anyMatch(sentence -> sentence.endsWith(
                        "line 2: client: got \"not a host\", wanted a machine's name such as" + " pc0815.contoso.com"))
                .anyMatch(sentence -> sentence.contains("local-update-signers"));
    }

    @Test
    void a_servers_certificate_is_no_signer_of_updates(@TempDir Path folder) throws Exception {
        Path leaf = folder.resolve("leaf.cer");
        Files.write(
                leaf, TrustCertificates.root("Root").leaf("wsus01.contoso.com").getEncoded());

        read("client-groups: { clients: { local-update-signers: '" + leaf + "' } }");

        assertThat(sentences()).singleElement().asString().contains("which is not for code signing");
    }

    private List<ClientGroup> read(String yaml) {
        return FILE.parse(yaml, faults).map(ClientGroupSettings::read).orElseThrow();
    }

    private List<String> sentences() {
        return faults.list().stream()
                .map(fault -> fault.toString().replace("/srv/config/c.yml", "c"))
                .toList();
    }
}
