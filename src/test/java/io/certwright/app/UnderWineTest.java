package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.store.postgres.DatabaseAddress;
import io.certwright.testing.FreePorts;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The zip by a Windows Java under Wine, in folders with spaces and letters that are not ASCII; the database is this machine's. */
@Tag("wine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnderWineTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    static Path folder;

    private static TestWine wine;
    private static Path release;
    private static Path house;
    private static int port;

    @BeforeAll
    static void unzip() throws Exception {
        release = UnzippedRelease.below(folder.resolve("Prog räm"));
        wine = TestWine.start(folder);
        startWithoutArchive();
        house = Files.createDirectories(folder.resolve("Zertifikate für wsus"));
        Files.createDirectories(house.resolve("config"));
        Files.createDirectories(house.resolve("tls dir"));
        Files.createDirectories(house.resolve("config/secrets"));
        Files.writeString(house.resolve("config/secrets/pfx"), "correct-horse");
        Files.writeString(house.resolve("config/secrets/database"), password());
        port = FreePorts.one();
        DatabaseAddress database = DATABASE.address();
        Files.writeString(house.resolve("config/certwright.yml"), """
                issuers: { lab: { type: builtin } }
                hosts: { here: { transport: local } }
                client-groups: { g: { publish-to: ./data/trust/g, wait: 1h } }
                certificates:
                  wsus:
                    dns: [wsus.certwright.test]
                    friendly-name: Grüße an WSUS
                    issuer: lab
                    clients: g
                    bind:
                      - { type: files, pfx: "tls dir/wsus.pfx", password: "${file:secrets/pfx}", fullchain: "tls dir/wsus.pem", key: "tls dir/wsus.key" }
                      - { type: listener }
                service: { listen: "127.0.0.1:%d" }
                database: { url: "%s", user: certwright, password: "${file:secrets/database}" }
                """.formatted(port, database.url()));
        TestWine.Run up = certwright("up", "--once");
        for (int tries = 1; tries < 3 && up.exit() == 5; tries++) {
            // On a machine with too much to do, the first connection under Wine takes longer than its limit.
            up = certwright("up", "--once");
        }
        assertThat(up.exit()).as(up.out() + up.err()).isZero();
    }

    /** Making it takes half a minute under Wine. */
    private static void startWithoutArchive() throws Exception {
        Path cache = wine.drive()
                .resolve("users/" + System.getProperty("user.name") + "/AppData/Local")
                .resolve("certwright");
        Files.createDirectories(cache);
        Files.createFile(cache.resolve("certwright-" + Files.size(release.resolve("certwright.jar")) + ".jsa.tried"));
    }

    private static TestWine.Run certwright(String... words) throws Exception {
        String[] all = new String[words.length + 1];
        all[0] = TestWine.windows(release.resolve("certwright.cmd"));
        System.arraycopy(words, 0, all, 1, words.length);
        return wine.run(house, Map.of(), all);
    }

    /** Of the server of this test run. */
    private static String password() throws Exception {
        return Files.readString(Path.of("target/test-postgres/password")).strip();
    }

    @AfterAll
    static void end() throws Exception {
        if (wine != null) {
            wine.close();
        }
    }

    @Test
    @Order(1)
    void the_whole_story_ran_and_a_second_run_does_nothing() throws Exception {
        assertThat(house.resolve("data/trust/g")).isDirectoryContaining("glob:**/manifest.json");
        assertThat(house.resolve("tls dir/wsus.pfx")).isNotEmptyFile();

        TestWine.Run again = certwright("renew", "wsus");

        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("not renewed: expires in 198d");
    }

    @Test
    void json_is_ascii_whatever_the_code_page() throws Exception {
        TestWine.Run listed = certwright("list", "--json");

        assertThat(listed.exit()).isZero();
        assertThat(listed.out())
                .contains("Zertifikate f\\u00FCr wsus\\\\tls dir\\\\wsus.pem\"", "\"stage\":\"VERIFIED\"")
                .matches("[ -~\\n]*");
    }

    @Test
    void text_that_goes_to_a_file_is_utf_8() throws Exception {
        assertThat(certwright("show", "wsus").out()).contains("Zertifikate für wsus");
    }

    @Test
    void the_exit_code_comes_through_the_launcher() throws Exception {
        Path garbage = Files.writeString(house.resolve("kein Zertifikat ü.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

        assertThat(certwright("check", garbage.getFileName().toString()).exit()).isEqualTo(3);
        TestWine.Run absent = certwright("check", "ist nicht da ü.pem");
        assertThat(absent.exit()).isEqualTo(2);
        assertThat(absent.out()).contains("certificate file \"ist nicht da ü.pem\": it is not there; check the path");
    }

    /** Wine's powershell ends with 0 and says nothing. */
    @Test
    void a_powershell_that_says_nothing_is_a_finding_of_the_doctor() throws Exception {
        TestWine.Run doctor = certwright("doctor");

        assertThat(doctor.exit()).isEqualTo(10);
        assertThat(doctor.out())
                .contains(
                        "host here: PowerShell ended with 0 and gave no answer, saying nothing; check that powershell.exe there is"
                                + " Windows PowerShell 5.1 and that the account may run it")
                .contains(
                        "ok       the settings file",
                        "ok       free space and rights where data and trust packages are written",
                        "ok       the addresses that Certwright listens on",
                        "ok       the database and its schema",
                        "ok       the master key and the keys sealed under it");
    }

    @Test
    void the_service_is_installed_serves_ends_in_order_and_is_removed() throws Exception {
        assertThat(certwright("windows", "service", "status").out())
                .isEqualTo("There is no service certwright; \"certwright windows service install\" installs it.\n");

        TestWine.Run installed = certwright("windows", "service", "install");
        assertThat(installed.exit()).as(installed.err()).isZero();
        assertThat(installed.out())
                .startsWith(
                        "Service certwright is installed; it runs as LocalSystem, because host here is this machine's own"
                                + " Windows.\nIt starts with Windows. To start it now: net start certwright\n");
        assertThat(certwright("windows", "service", "install").err())
                .contains("service: certwright is installed already; remove it first");

        TestWine.Run started = wine.run(folder, Map.of(), "net", "start", "certwright");
        assertThat(started.exit()).as(started.out() + serviceLog()).isZero();
        awaitListener();
        assertThat(certwright("windows", "service", "status").out()).isEqualTo("Service certwright is RUNNING.\n");

        TestWine.Run stopped = wine.run(folder, Map.of(), "net", "stop", "certwright");
        assertThat(stopped.exit()).as(stopped.out()).isZero();
        awaitEnd();

        TestWine.Run removed = certwright("windows", "service", "remove");
        assertThat(removed.out()).as(removed.err()).isEqualTo("Service certwright is removed.\n");
        assertThat(certwright("windows", "service", "status").exit()).isEqualTo(10);
    }

    private static String serviceLog() throws Exception {
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(house.resolve("data/log"))) {
            for (Path log : logs) {
                all.append(log.getFileName()).append(":\n").append(Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static void awaitListener() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isListening()) {
            assertThat(System.nanoTime()).as(serviceLog()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** prunsrv says so when start has returned, which it does in its own order. */
    private static void awaitEnd() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!serviceLog().contains("Service stop thread completed.")) {
            assertThat(System.nanoTime()).as(serviceLog()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertThat(isListening()).isFalse();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void an_open_file_is_not_replaced_and_named() throws Exception {
        Path pfx = house.resolve("tls dir/wsus.pfx");
        Path held = folder.resolve("held");
        Thread holding = new Thread(() -> hold(pfx, held));
        holding.start();
        while (Files.notExists(held)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }

        byte[] before = Files.readAllBytes(pfx);
        TestWine.Run refused = certwright("renew", "wsus", "--force", "--accept-untrusting-clients");

        Files.delete(held);
        holding.join();
        assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(1);
        assertThat(refused.out() + refused.err())
                .contains("wsus.pfx: another program has it open or this account may not replace it; close it there");
        assertThat(pfx).hasBinaryContent(before);
    }

    private static void hold(Path pfx, Path held) {
        try {
            wine.run(
                    folder,
                    Map.of(),
                    wine.javaHome() + "\\bin\\java.exe",
                    "-cp",
                    TestWine.windows(Path.of("target/test-classes")),
                    HoldingOpen.class.getName(),
                    TestWine.windows(pfx),
                    TestWine.windows(held));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
