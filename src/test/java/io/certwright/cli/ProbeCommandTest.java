package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCa ROOT = TestCa.root("CN=Test Root", NOW);

    @TempDir
    private Path folder;

    private final IssuedCertificate issued =
            ROOT.leaf("wsus.certwright.test", "wsus").issue();
    private final FakeSurroundings world = new FakeSurroundings(NOW, List.of(), List.of());

    private void present(String place) {
        Endpoint endpoint = Endpoint.parse(place);
        world.showing(
                endpoint.toString(),
                new PresentedCertificate(endpoint, issued.chain(), "TLSv1.3", "TLS_AES_256_GCM_SHA384"));
    }

    private Run probe(String... words) {
        return Run.of(new FakeHouse(world), words);
    }

    @Test
    void shows_what_endpoints_present_and_says_which_cannot_be_seen() {
        present("a.certwright.test:443");
        present("b.certwright.test:8531");

        Run run = probe("probe", "a.certwright.test:443", "dark.certwright.test:443", "b.certwright.test:8531");

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.out().lines())
                .containsExactly(
                        "ENDPOINT                NAME                     ISSUER        VALID                           PROTOCOL"
                                + "  THUMBPRINT",
                        "a.certwright.test:443   wsus.certwright.test +1  CN=Test Root  until 2027-02-19, 89 days left  TLSv1.3 "
                                + "  " + issued.thumbprint(),
                        "b.certwright.test:8531  wsus.certwright.test +1  CN=Test Root  until 2027-02-19, 89 days left  TLSv1.3 "
                                + "  " + issued.thumbprint(),
                        "not seen: dark.certwright.test:443: nobody answered in 10 s");
    }

    @Test
    void draws_the_chain_of_a_single_endpoint() {
        present("a.certwright.test:443");

        Run run = probe("probe", "a.certwright.test:443");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .contains("CN=wsus.certwright.test  until 2027-02-19, 89 days left")
                .contains("   names       wsus.certwright.test, wsus");
    }

    @Test
    void answers_with_one_json_document() throws IOException {
        present("a.certwright.test:443");

        Run run = probe("--json", "probe", "a.certwright.test:443", "10.0.0.9:443");
        JsonNode endpoints = new ObjectMapper().readTree(run.out()).get("endpoints");

        assertThat(run.exit()).isEqualTo(5);
        assertThat(endpoints).hasSize(2);
        assertThat(endpoints.get(0).get("host").asText()).isEqualTo("a.certwright.test");
        assertThat(endpoints.get(0).get("sni").asText()).isEqualTo("a.certwright.test");
        assertThat(endpoints.get(0).get("protocol").asText()).isEqualTo("TLSv1.3");
        assertThat(endpoints.get(0).get("thumbprint").asText())
                .isEqualTo(issued.thumbprint().hex());
        assertThat(endpoints.get(0).get("chain")).hasSize(1);
        assertThat(endpoints.get(1).has("sni")).isFalse();
        assertThat(endpoints.get(1).get("error").get("exit").asInt()).isEqualTo(5);
        assertThat(endpoints.get(1).get("error").get("code").asText()).isEqualTo("ENDPOINT_UNREACHABLE");
    }

    @Test
    void reads_endpoints_from_a_file_with_comments() throws IOException {
        present("a.certwright.test:443");
        present("b.certwright.test:443");
        Path list = Files.writeString(
                folder.resolve("list.txt"), "# ours\n\na.certwright.test:443  # the first\n  b.certwright.test:443\n");

        Run run = probe("probe", "--from", list.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines()).hasSize(3);
    }

    @Test
    void tells_every_wrong_line_of_a_file_at_once() throws IOException {
        Path list = Files.writeString(
                folder.resolve("list.txt"), "a.certwright.test\nb.certwright.test:443\n10.0.0.0/8:443\n");

        Run run = probe("probe", "--from", list.toString());

        assertThat(run)
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: " + list + ":1: endpoint: got \"a.certwright.test\", wanted host:port such as "
                                + "wsus.contoso.com:8531, or [address]:port for IPv6\n" + list
                                + ":3: endpoint: got host \"10.0.0.0/8\", wanted a DNS name such as wsus.contoso.com or an IP "
                                + "address" + System.lineSeparator()));
    }

    @Test
    void sends_another_server_name_or_none() {
        world.showing(
                "10.0.0.1:443 (server name wsus.certwright.test)",
                new PresentedCertificate(Endpoint.parse("10.0.0.1:443"), issued.chain(), "TLSv1.2", "X"));

        assertThat(probe("probe", "10.0.0.1:443", "--sni", "wsus.certwright.test")
                        .exit())
                .isZero();
        assertThat(probe("probe", "10.0.0.1:443", "--no-sni").exit()).isEqualTo(5);
        assertThat(probe("probe", "10.0.0.1:443", "--no-sni", "--sni", "a.test").err())
                .isEqualTo("certwright: --sni and --no-sni exclude each other: give one of them, or neither."
                        + System.lineSeparator());
    }

    @Test
    void refuses_to_look_nowhere_and_at_what_is_no_endpoint() {
        assertThat(probe("probe"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: probe: got no endpoint, wanted host:port or --from FILE."
                                + System.lineSeparator()));
        assertThat(probe("probe", "somewhere").exit()).isEqualTo(2);
        assertThat(probe("probe", "--from", "absent.txt").err())
                .isEqualTo("certwright: --from: absent.txt cannot be read; check the path." + System.lineSeparator());
    }
}
