package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.embedded.EmbeddedPostgres;
import io.certwright.store.postgres.embedded.EmbeddedSettings;
import io.certwright.store.postgres.embedded.PostgresLease;
import io.certwright.testing.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on a real folder with the real embedded database: made ill, named, mended, well again. */
class DoctorOfAHouseholdTest {
    private static final String SETTINGS = """
            issuers:
              lab: { type: builtin, ca-key: p-256, public-url: "http://pki.contoso.com:8080" }
            certificates:
              wsus: { dns: [localhost], issuer: lab, allow: [single-label], bind: [{ type: listener }] }
            service: { listen: "127.0.0.1:%d" }
            """;

    @TempDir
    private Path folder;

    private record Told(int exit, String out) {}

    private Told doctor() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int exit = new CommandFrame(
                        new Wiring(), new PrintStream(out, true, StandardCharsets.UTF_8), nowhere, Terminal.none())
                .run("--config", settings().toString(), "doctor");
        return new Told(exit, out.toString(StandardCharsets.UTF_8));
    }

    private Path settings() {
        return folder.resolve("certwright.yml");
    }

    @Test
    void names_what_is_wrong_with_a_real_household_until_it_is_mended() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        int port = FreePorts.one();
        Files.writeString(settings(), SETTINGS.formatted(port).replace("issuer: lab", "issuer: lap"));
        Told faulty = doctor();
        assertThat(faulty.exit()).isEqualTo(10);
        assertThat(faulty.out())
                .contains("wrong    the settings file")
                .contains("issuer: got \"lap\"")
                .contains("fix: correct the settings file")
                .contains("unknown  the database and its schema: not looked at");

        Files.writeString(settings(), SETTINGS.formatted(port));
        try (PostgresLease running = database()) {
            findsWhatIsBrokenUntilItIsMended(port);
            assertThat(running.address().url()).contains("127.0.0.1");
        }
    }

    /** Held by the test, so that not every look starts and stops a server. */
    private PostgresLease database() throws LifecycleException {
        return new EmbeddedPostgres(EmbeddedSettings.in(folder.resolve("data/postgres"))).ensureRunning();
    }

    private void findsWhatIsBrokenUntilItIsMended(int port) throws Exception {
        Told well = doctor();
        assertThat(well.out()).doesNotContain("wrong", "unknown").contains("ok       the database and its schema");
        assertThat(well.exit()).isZero();

        Path key = folder.resolve("data/master.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Told ill = doctor();
            assertThat(ill.exit()).isEqualTo(10);
            assertThat(ill.out())
                    .contains("127.0.0.1:" + other.getLocalPort() + ": another program listens there")
                    .contains("run: chmod 600 \"" + key + "\"");
        }

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(doctor().exit()).isZero();
    }
}
