package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import io.certwright.cli.WrongUsage;
import io.certwright.crypto.PemCodec;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealSurroundingsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final TestCa root = TestCa.root("CN=Test Root", NOW);

    @TempDir
    private Path folder;

    private RealSurroundings with(String settings) throws IOException {
        Files.writeString(folder.resolve("root.cer"), PemCodec.certificate(root.certificate()));
        return new RealSurroundings(
                new MovableClock(NOW), Files.writeString(folder.resolve("certwright.yml"), settings), Map.of());
    }

    @Test
    void trusts_what_the_settings_list_and_nothing_where_there_are_none() throws Exception {
        assertThat(with("trust-anchors: [ ./root.cer ]\nissuers: { }\n").configuredAnchors())
                .containsExactly(root.certificate());
        assertThat(with("issuers: { }\n").configuredAnchors()).isEmpty();
        assertThat(new RealSurroundings(new MovableClock(NOW), folder.resolve("absent.yml"), Map.of())
                        .configuredAnchors())
                .isEmpty();
    }

    @Test
    void says_where_the_settings_cannot_be_read_and_which_anchor_is_absent() throws IOException {
        RealSurroundings broken = with("trust-anchors: [ ./root.cer\n");
        assertThatThrownBy(broken::configuredAnchors)
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("certwright.yml:");

        RealSurroundings dangling = with("trust-anchors: [ ./gone.cer ]\n");
        assertThatThrownBy(dangling::configuredAnchors)
                .isInstanceOf(LifecycleException.class)
                .hasMessageEndingWith("gone.cer\": it is not there; check the path");
    }

    @Test
    void knows_the_roots_of_the_runtime() throws LifecycleException {
        assertThat(new RealSurroundings(new MovableClock(NOW), folder, Map.of()).systemAnchors())
                .isNotEmpty()
                .allMatch(anchor -> anchor.getSubjectX500Principal().equals(anchor.getIssuerX500Principal()));
    }

    @Test
    void checks_and_probes_a_real_server_from_the_command_line() throws IOException {
        Path anchor = Files.writeString(folder.resolve("anchor.pem"), PemCodec.certificate(root.certificate()));
        TestCertificate leaf = root.leaf("wsus.certwright.test");

        try (TestServer server =
                TestServer.tls(leaf.keyPair(), leaf.issue().chain().certificates(), settings -> {})) {
            String place = "127.0.0.1:" + server.port();

            assertThat(run("probe", place)).startsWith("0").contains("CN=Test Root", "wsus.certwright.test");
            assertThat(run(
                            "check",
                            place,
                            "--trust",
                            anchor.toString(),
                            "--dns",
                            "wsus.certwright.test",
                            "--at",
                            "2026-11-22T12:00:00Z"))
                    .startsWith("0" + place + ": accepted");
            assertThat(run("check", place, "--at", "2026-11-22T12:00:00Z"))
                    .startsWith("3" + place + ": refused: 1 error")
                    .contains("error CHAIN_INCOMPLETE");
        }
    }

    private String run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exit = new CommandFrame(new Wiring(), stream, stream, Terminal.none()).run(words);
        return exit + out.toString(StandardCharsets.UTF_8);
    }
}
