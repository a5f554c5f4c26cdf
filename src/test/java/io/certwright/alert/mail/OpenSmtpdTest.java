package io.certwright.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSender;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Channels;
import io.certwright.alert.Digest;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.FreePorts;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real mail server of Debian, OpenSMTPD, on loopback, killed and restarted under load. It delivers into a folder of ours. Skipped
 * where it is not installed, where this account is not root, or where one runs already. Without TLS: Debian's build does not get
 * through a handshake with its OpenSSL; STARTTLS is shown with other servers.
 */
final class OpenSmtpdTest {
    private static final Path SMTPD = Path.of("/usr/sbin/smtpd");
    private static final String MAIL_USER = "mail";
    private static final int PEOPLE = 12;
    private static final int ROUNDS = 10;
    private static final int KILLS = 5;
    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: <([0-9a-f-]{36})@contoso\\.com>");
    private static final MailLimits LIMITS =
            new MailLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-12-01T12:00:00Z"));
    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final Map<String, Set<String>> linesOf = new ConcurrentHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private Path folder;
    private int port;
    private Process server;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Files.isExecutable(SMTPD), "OpenSMTPD is not installed: no " + SMTPD);
        assumeTrue("root".equals(System.getProperty("user.name")), "OpenSMTPD wants root");
        assumeTrue(running().isEmpty(), "another OpenSMTPD runs here");
        folder = Files.createTempDirectory("certwright-smtpd");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path mails = Files.createDirectory(folder.resolve("mails"));
        Files.setOwner(
                mails, mails.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(MAIL_USER));
        port = FreePorts.one();
        Files.writeString(folder.resolve("smtpd.conf"), """
                listen on 127.0.0.1 port %d
                table everybody { "@" = "%s" }
                action "keep" mda "cat >$(mktemp %s/XXXXXXXXXX)" virtual <everybody>
                match from any for any action "keep"
                """.formatted(port, MAIL_USER, mails));
        start();
    }

    @AfterEach
    void close() throws Exception {
        if (folder != null) {
            kill();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void loses_no_mail_though_it_is_killed_again_and_again() throws Exception {
        AlertDispatch dispatch = new AlertDispatch(outbox, Channels.byMail(sending()), new Random(1), clock);
        Thread load = new Thread(() -> sendAll(dispatch), "load");
        load.start();
        for (int kill = 0; kill < KILLS; kill++) {
            awaitMails((kill + 1) * PEOPLE);
            kill();
            start();
        }
        load.join(Duration.ofSeconds(60).toMillis());
        assertThat(load.isAlive()).as("everything is handed in").isFalse();
        Map<String, Integer> arrived = awaitAll();

        Map<String, Integer> perLine = lines(arrived);
        assertThat(perLine).as("every alert to everybody, each in one mail").hasSize(PEOPLE * ROUNDS);
        assertThat(perLine.values()).containsOnly(1);
        List<String> twice = arrived.entrySet().stream()
                .filter(mail -> mail.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        System.out.println("OpenSMTPD: " + arrived.size() + " mails with " + perLine.size() + " alerts, killed " + KILLS
                + " times; " + lost.size() + " answers lost, " + twice.size() + " mails arrived twice");
    }

    private AlertSender sending() throws LifecycleException {
        MailSender sender = new MailSender(
                new MailSettings(
                        MailServer.parse("smtp://127.0.0.1:" + port + "?starttls=off"),
                        new Recipient("pki@contoso.com"),
                        Optional.empty()),
                LIMITS,
                ChannelTrust.systemAnd(List.of()).getSocketFactory(),
                ZoneOffset.UTC,
                clock);
        return digest -> {
            Set<String> lines = linesOf.computeIfAbsent(digest.id().toString(), id -> ConcurrentHashMap.newKeySet());
            digest.alerts().forEach(alert -> lines.add(line(digest, alert)));
            try {
                sender.send(digest);
            } catch (LifecycleException failure) {
                if (failure.code().equals(AlertSender.ANSWER_LOST)) {
                    lost.add(digest.id().toString());
                }
                throw failure;
            }
        };
    }

    private static String line(Digest digest, Alert alert) {
        return digest.to() + " " + alert.key().subject();
    }

    /** Something new for everybody in each round, then on until nothing is on its way. */
    private void sendAll(AlertDispatch dispatch) {
        for (int round = 0; round < 400; round++) {
            if (round < ROUNDS) {
                offer(round);
            }
            dispatch.run();
            clock.advance(Duration.ofMinutes(61));
            if (round >= ROUNDS && outbox.listOpen().stream().allMatch(OpenSmtpdTest::isDelivered)) {
                return;
            }
        }
    }

    private static boolean isDelivered(OutboxEntry entry) {
        return entry.deliveredAt().isPresent();
    }

    private void offer(int round) {
        Alert alert = Alert.of(
                AlertKey.of("wsus" + round, AlertKind.EXPIRY, "7d"),
                "wsus" + round + ": certificate expires in 7 days",
                "It ends. 🔒 שלום\n".repeat(200),
                "Clients refuse.",
                List.of(),
                clock.instant());
        for (int person = 0; person < PEOPLE; person++) {
            outbox.offer(alert, new Recipient("person" + person + "@contoso.com"));
        }
    }

    private void awaitMails(int least) throws Exception {
        await("so many mails arrived: " + least, () -> arrived().size() >= Math.min(least, PEOPLE));
    }

    /** In how many different mails each alert came to each person. */
    private Map<String, Integer> lines(Map<String, Integer> arrived) {
        Map<String, Integer> lines = new TreeMap<>();
        arrived.keySet().forEach(id -> linesOf.get(id).forEach(line -> lines.merge(line, 1, Integer::sum)));
        return lines;
    }

    private Map<String, Integer> awaitAll() throws Exception {
        await("every alert arrived", () -> lines(arrived()).size() == PEOPLE * ROUNDS);
        return arrived();
    }

    /** How often each Message-ID lies in the folder. */
    private Map<String, Integer> arrived() throws IOException {
        Map<String, Integer> arrived = new HashMap<>();
        try (Stream<Path> mails = Files.list(folder.resolve("mails"))) {
            for (Path mail : mails.toList()) {
                Matcher id = MESSAGE_ID.matcher(Files.readString(mail, StandardCharsets.UTF_8));
                if (id.find()) {
                    arrived.merge(id.group(1), 1, Integer::sum);
                }
            }
        }
        return arrived;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(limit);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void start() throws Exception {
        await("OpenSMTPD is up", () -> {
            if (server == null || !server.isAlive()) {
                server = new ProcessBuilder(
                                SMTPD.toString(),
                                "-d",
                                "-f",
                                folder.resolve("smtpd.conf").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                folder.resolve("log").toFile()))
                        .start();
            }
            return isListening();
        });
    }

    private boolean isListening() {
        try (Socket caller = new Socket()) {
            caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return caller.getInputStream().read() == '2';
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As a power cut would: the parent and every process it made, at once. */
    private void kill() throws Exception {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        server.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await("OpenSMTPD is gone", () -> running().isEmpty());
    }

    /** Those that are no zombies. */
    private static Set<Long> running() throws IOException {
        Set<Long> running = new HashSet<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path status = Path.of("/proc/" + process.pid() + "/status");
            try {
                List<String> lines = Files.readAllLines(status, StandardCharsets.ISO_8859_1);
                if (lines.contains("Name:\tsmtpd") && lines.stream().noneMatch(line -> line.startsWith("State:\tZ"))) {
                    running.add(process.pid());
                }
            } catch (IOException gone) {
                running.remove(process.pid());
            }
        }
        return running;
    }
}
