package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import io.certwright.crypto.PemCodec;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.testing.FreePorts;
import io.certwright.testing.NetworkCell;
import io.certwright.testing.Programs;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestClassPath;
import io.certwright.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before a database, a clock and a DNS server that are really ill, and again once the fix that he names is made. */
class DoctorOfRealTroubleTest {
    private static final String ROLE = "certwright_doctor";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    private Path folder;

    private String name;

    @BeforeEach
    void furnish() throws LifecycleException {
        DATABASE.empty();
        name = DATABASE.address().url().replaceFirst(".*/([^/?]*)(\\?.*)?", "$1");
        onServer("DROP ROLE IF EXISTS " + ROLE);
        onServer("CREATE ROLE " + ROLE + " SUPERUSER LOGIN PASSWORD 'sesame'");
    }

    private static void onServer(String statement) throws LifecycleException {
        try (Database server =
                Database.single(DATABASE.address().withDatabase("postgres"), DatabaseLimits.standard())) {
            server.update(statement);
        }
    }

    private Path settings(String url, String password) throws IOException {
        return Files.writeString(folder.resolve("certwright.yml"), """
                issuers:
                  lab: { type: builtin, ca-key: p-256, public-url: "http://pki.contoso.com:8080" }
                certificates:
                  wsus: { dns: [wsus.certwright.test], issuer: lab, bind: [{ type: listener }] }
                service: { listen: "127.0.0.1:%d" }
                database: { url: "%s", user: %s, password: "%s" }
                """.formatted(FreePorts.one(), url, ROLE, password));
    }

    static String doctor(Path settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new CommandFrame(new Wiring(), new PrintStream(out, true, StandardCharsets.UTF_8), nowhere, Terminal.none())
                .run("--config", settings.toString(), "doctor");
        return out.toString(StandardCharsets.UTF_8);
    }

    private static final String DATABASE_FIX =
            "         fix: start the database server or correct database in the settings;"
                    + " the embedded one writes why it ends to the log in its folder\n";

    @Test
    void a_database_that_nobody_serves() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + FreePorts.one() + "/" + name;

        assertThat(doctor(settings(url, "sesame")))
                .contains("wrong    the database and its schema\n         database "
                        + url.substring("jdbc:postgresql://".length())
                        + " cannot be reached: nobody listens there; check that it runs and that this machine may connect to"
                        + " it\n" + DATABASE_FIX)
                .contains(
                        "unknown  the clock of this machine: not looked at, because the check \"database\" says what is"
                                + " wrong\n");
        isWell(settings(DATABASE.address().url(), "sesame"));
    }

    @Test
    void a_database_that_takes_nobody() throws Exception {
        Path settings = settings(DATABASE.address().url(), "sesame");
        onServer("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");

        String told = doctor(settings);

        onServer("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
        assertThat(told)
                .contains("database " + DATABASE.address() + " cannot be reached: database \"" + name
                        + "\" is not currently accepting connections; check that it runs and that this machine may connect"
                        + " to it\n" + DATABASE_FIX);
        isWell(settings);
    }

    @Test
    void a_password_that_is_wrong() throws Exception {
        assertThat(doctor(settings(DATABASE.address().url(), "mellon")))
                .contains("database " + DATABASE.address()
                        + ": it refuses the user or the password: password authentication failed for user \"" + ROLE
                        + "\"; put the right ones under database in the settings\n")
                .doesNotContain("mellon");
        isWell(settings(DATABASE.address().url(), "sesame"));
    }

    @Test
    void a_database_that_can_only_be_read() throws Exception {
        Path settings = settings(DATABASE.address().url(), "sesame");
        onServer("ALTER ROLE " + ROLE + " SET default_transaction_read_only = on");

        assertThat(doctor(settings))
                .contains(
                        "wrong    the database and its schema\n         database: got one that can only be read, wanted one that"
                                + " takes changes\n         fix: name the primary server under database in the settings, or take"
                                + " default_transaction_read_only from the database and its user\n");

        onServer("ALTER ROLE " + ROLE + " RESET default_transaction_read_only");
        isWell(settings);
    }

    private static void isWell(Path settings) {
        assertThat(doctor(settings))
                .contains("ok       the database and its schema\n")
                .contains("ok       the clock of this machine\n");
    }

    @Test
    void a_clock_that_is_an_hour_slow_differs_from_the_database() throws Exception {
        assumeTrue(Programs.isThere("faketime"), "faketime is not on the PATH");
        Path settings = settings(DATABASE.address().url(), "sesame");

        assertThat(process(settings, "faketime", "-f", "-1h"))
                .containsPattern("wrong    the clock of this machine\n"
                        + "         clock: got [0-9TZ:.-]+, but the database has [0-9TZ:.-]+\n"
                        + "         fix: let the clock be set by NTP: on Linux \"timedatectl set-ntp true\", on Windows"
                        + " \"w32tm /resync\"\n");
        isWell(settings);
    }

    @Test
    void a_dns_server_that_refuses_lacks_a_name_or_says_nothing() throws Exception {
        NetworkCell.requireNamespaces();
        assumeTrue(Programs.isThere("named"), "named is not on the PATH");
        Path settings = settings("jdbc:postgresql://127.0.0.1:1/none", "sesame");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace(
                                "[wsus.certwright.test]",
                                "[wsus.certwright.test, wsus9.certwright.test, wsus.contoso.com]"));
        Path resolver = Files.writeString(
                folder.resolve("resolv.conf"), "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");

        List<String> told = DoctorInACell.ask(settings, resolver, folder);

        String fix =
                "         fix: make the DNS server answer, or name another one: on Linux in /etc/resolv.conf, on Windows in"
                        + " the network adapter's settings\n";
        String silent = "wrong    the names of certificates in DNS\n"
                + "         %s.certwright.test and 2 more: nothing is known, the DNS server could not say\n" + fix;
        assertThat(told).hasSize(3);
        assertThat(told.get(0))
                .contains("wrong    the names of certificates in DNS\n"
                        + "         wsus.contoso.com: nothing is known, the DNS server could not say\n" + fix
                        + "         wsus9.certwright.test: has no address as seen from here\n"
                        + "         fix: add an A or AAAA record for it, or correct the name under certificates\n");
        assertThat(told.get(1)).as("nobody there").contains(silent.formatted("web"));
        assertThat(told.get(2)).as("somebody who never answers").contains(silent.formatted("old"));
    }

    @Test
    void a_certificate_that_is_not_valid_yet_by_this_clock_is_refused() throws Exception {
        assumeTrue(Programs.isThere("faketime"), "faketime is not on the PATH");
        TestCa ca = TestCa.root("CN=Test Root", Instant.now().minus(Duration.ofDays(30)));
        Instant from = Instant.now().minus(Duration.ofHours(1));
        Path certificate = Files.writeString(
                folder.resolve("early.pem"),
                PemCodec.certificates(ca.leaf("wsus.certwright.test")
                        .valid(from, from.plus(Duration.ofDays(90)))
                        .issue()
                        .chain()
                        .certificates()));

        String told = process(
                settings(DATABASE.address().url(), "sesame"),
                List.of("check", certificate.toString(), "--offline"),
                "faketime",
                "-f",
                "-1d");

        assertThat(told)
                .contains("error NOT_YET_VALID: certificate CN=wsus.certwright.test")
                .contains("Fix: Wait until it is valid, or set the clock of this machine and of the CA right.");
    }

    private String process(Path settings, String... behind) throws IOException, InterruptedException {
        return process(settings, List.of("doctor"), behind);
    }

    /** The command as a process of its own, behind a program that shifts its clock. */
    private String process(Path settings, List<String> words, String... behind)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(behind));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TestClassPath.text(),
                "io.certwright.app.Main",
                "--config",
                settings.toString()));
        command.addAll(words);
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile());
        // Waits are measured by a clock that nobody sets.
        builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out) + Files.readString(folder.resolve("err"));
    }
}
