package io.certwright.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.mail.MailLimits;
import io.certwright.alert.mail.MailSender;
import io.certwright.alert.mail.MailServer;
import io.certwright.alert.mail.MailSettings;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.PostgresAlertOutbox;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestSmtpServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A year with a real database and a real mail server on loopback that misbehaves in every way that mail servers do. What the server
 * took is held against what had to go: each mail went, none besides, and none twice but where the server's answer was lost.
 */
final class RealYearTest {
    private static final Recipient FROM = new Recipient("pki@contoso.com");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: <([0-9a-f-]{36})@contoso\\.com>");
    private static final MailLimits SHORT = new MailLimits(
            Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofMillis(450));

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** How the server is in the mood to behave. */
    private enum Mood {
        REFUSES_ONE_OF_THREE,
        GREYLISTS,
        TARPITS,
        DROPS_IN_MID_DATA,
        LOSES_ITS_ANSWER,
        OFFERS_NO_STARTTLS,
        SHOWS_A_WRONG_NAME,
        BANS
    }

    private interface Building {
        PlantedFaults.Look on(YearOfCertificates year, AlertOutbox outbox);
    }

    private TestSmtpServer server;
    private TestSmtpServer elsewhere;
    private MailSender good;
    private MailSender wrong;

    @BeforeEach
    void open() throws LifecycleException {
        TestCa ca = TestCa.root("CN=Mail CA", Instant.now());
        TestCertificate here = ca.leaf("localhost").ips("127.0.0.1");
        TestCertificate fabrikam = ca.leaf("mail.fabrikam.com");
        server = TestSmtpServer.startTls(here.issue(), here.keyPair().getPrivate());
        elsewhere = TestSmtpServer.startTls(fabrikam.issue(), fabrikam.keyPair().getPrivate());
        good = sender(ca, server.port());
        wrong = sender(ca, elsewhere.port());
    }

    @AfterEach
    void close() {
        server.close();
        elsewhere.close();
    }

    private static MailSender sender(TestCa ca, int port) throws LifecycleException {
        return new MailSender(
                new MailSettings(MailServer.parse("smtp://localhost:" + port), FROM, Optional.empty()),
                SHORT,
                ChannelTrust.systemAnd(List.of(ca.anchor())).getSocketFactory(),
                ZoneOffset.UTC,
                new MovableClock(YearOfCertificates.START));
    }

    /** Sends by SMTP in the mood of the moment, and remembers what each digest holds. */
    private final class MoodyWay implements AlertSender {
        private final Random random;
        private final Map<String, Set<String>> linesOf = new LinkedHashMap<>();
        private final Map<Mood, Integer> failures = new EnumMap<>(Mood.class);
        private final Set<String> lost = new HashSet<>();

        MoodyWay(long seed) {
            this.random = new Random(seed);
        }

        @Override
        public void send(Digest digest) throws LifecycleException {
            Set<String> lines = linesOf.computeIfAbsent(digest.id().toString(), id -> new LinkedHashSet<>());
            digest.alerts().forEach(alert -> lines.add(ExpectedMails.line(digest.to(), alert.key())));
            Optional<Mood> mood = random.nextInt(100) < 30
                    ? Optional.of(List.of(Mood.values()).get(random.nextInt(Mood.values().length)))
                    : Optional.empty();
            mood.ifPresent(how -> takeOn(how, digest.to()));
            try {
                (mood.filter(Mood.SHOWS_A_WRONG_NAME::equals).isPresent() ? wrong : good).send(digest);
            } catch (LifecycleException failure) {
                mood.ifPresent(how -> failures.merge(how, 1, Integer::sum));
                if (failure.code().equals(ANSWER_LOST)) {
                    lost.add(digest.id().toString());
                }
                throw failure;
            } finally {
                server.behaves();
            }
        }

        private void takeOn(Mood mood, Recipient to) {
            switch (mood) {
                case REFUSES_ONE_OF_THREE -> server.answers("RCPT TO:<" + to + ">", "550 5.1.1 no such mailbox");
                case GREYLISTS -> server.answers("RCPT", "450 4.2.0 greylisted, come back later");
                case TARPITS -> server.answers("RCPT", TestSmtpServer.TARPIT);
                case DROPS_IN_MID_DATA -> server.answers("TEXT", TestSmtpServer.HANG_UP);
                case LOSES_ITS_ANSWER -> server.answers("END", TestSmtpServer.HANG_UP);
                case OFFERS_NO_STARTTLS -> server.offersNoStartTls();
                case BANS -> server.answers("GREETING", "554 5.7.1 banned");
                case SHOWS_A_WRONG_NAME -> elsewhere.behaves();
            }
        }
    }

    /** What came of the year. */
    private record Balance(
            int expected,
            int digests,
            int takenTwice,
            List<String> missing,
            List<String> besides,
            List<String> twiceWithoutReason,
            Map<Mood, Integer> failures) {
        @Override
        public String toString() {
            return expected + " alerts had to go, in " + digests + " mails; " + missing.size() + " missing, "
                    + besides.size() + " besides, " + takenTwice
                    + " mails taken twice after a lost answer; failures " + failures;
        }
    }

    @Test
    @Tag("long")
    void a_year_of_a_thousand_certificates() throws LifecycleException {
        Balance balance = live(20_261_122, 1_000, 2, (year, outbox) -> PlantedFaults.watch(year, outbox)::pass);

        System.out.println("real year: " + balance);
        requireEach(balance);
        assertThat(balance.expected()).isGreaterThan(10_000);
    }

    @Test
    void a_year_of_some_certificates() throws LifecycleException {
        Balance balance = live(7, 4, 1, (year, outbox) -> PlantedFaults.watch(year, outbox)::pass);
        System.out.println("real year: " + balance);

        requireEach(balance);
        assertThat(balance.expected()).isGreaterThan(50);
    }

    @Test
    void is_red_where_a_watch_compares_days_for_equality() throws LifecycleException {
        assertThat(live(7, 4, 1, PlantedFaults::equalityWatch).missing()).isNotEmpty();
    }

    @Test
    void is_red_where_keys_forget_the_thumbprint() throws LifecycleException {
        assertThat(live(7, 4, 1, PlantedFaults::forgetfulWatch).missing()).isNotEmpty();
    }

    private static void requireEach(Balance balance) {
        assertThat(balance.missing()).as("missing").isEmpty();
        assertThat(balance.besides()).as("besides").isEmpty();
        assertThat(balance.twiceWithoutReason()).as("twice").isEmpty();
        assertThat(balance.failures().keySet()).as("each mood was met").hasSize(Mood.values().length);
    }

    private Balance live(long seed, int subjects, int teams, Building building) throws LifecycleException {
        DATABASE.empty();
        Random random = new Random(seed);
        MovableClock clock = new MovableClock(YearOfCertificates.START);
        YearOfCertificates year = new YearOfCertificates(seed, subjects, teams, clock);
        AlertOutbox outbox = new PostgresAlertOutbox(DATABASE.database());
        MoodyWay way = new MoodyWay(seed);
        AlertDispatch dispatch = new AlertDispatch(outbox, Channels.byMail(way), random, clock);
        PlantedFaults.Look look = building.on(year, outbox);
        ExpectedMails expected = new ExpectedMails();
        while (clock.instant().isBefore(YearOfCertificates.END)) {
            Instant now = clock.instant();
            look.at(now);
            expected.look(year, now);
            deliverAll(dispatch, clock);
            boolean missedDays = random.nextInt(100) < 3;
            clock.advance(
                    Duration.ofMinutes(missedDays ? 4_320 + random.nextInt(12_960) : 600 + random.nextInt(1_440)));
        }
        return balance(expected.mails(), way);
    }

    /** Until nothing is on its way any more: no mood lasts. */
    private static void deliverAll(AlertDispatch dispatch, MovableClock clock) throws LifecycleException {
        for (int run = 0; isAnyOnItsWay(); run++) {
            assertThat(run).as("runs until all is delivered").isLessThan(80);
            dispatch.run();
            clock.advance(Duration.ofSeconds(run < 8 ? 70 : 600));
        }
    }

    private static boolean isAnyOnItsWay() throws LifecycleException {
        return DATABASE.database().find("""
                        SELECT EXISTS (SELECT FROM alert_outbox WHERE delivered_at IS NULL AND superseded_at IS NULL
                            AND acknowledged_at IS NULL AND over_at IS NULL) AS any""", row -> row.flag("any")).orElseThrow();
    }

    private Balance balance(List<String> expected, MoodyWay way) {
        Map<String, Integer> taken = new LinkedHashMap<>();
        for (TestSmtpServer.Mail mail : server.mails()) {
            taken.merge(idOf(mail), 1, Integer::sum);
        }
        List<String> besides = new ArrayList<>();
        Map<String, Integer> open = count(expected);
        for (String id : taken.keySet()) {
            for (String line : way.linesOf.getOrDefault(id, Set.of("a mail of nobody: " + id))) {
                if (open.merge(line, -1, Integer::sum) < 0) {
                    besides.add(line);
                }
            }
        }
        List<String> missing = open.entrySet().stream()
                .filter(left -> left.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
        List<String> twice = taken.entrySet().stream()
                .filter(mail -> mail.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        List<String> withoutReason =
                twice.stream().filter(id -> !way.lost.contains(id)).toList();
        return new Balance(expected.size(), taken.size(), twice.size(), missing, besides, withoutReason, way.failures);
    }

    private static Map<String, Integer> count(Collection<String> lines) {
        Map<String, Integer> count = new LinkedHashMap<>();
        lines.forEach(line -> count.merge(line, 1, Integer::sum));
        return count;
    }

    private static String idOf(TestSmtpServer.Mail mail) {
        Matcher id = MESSAGE_ID.matcher(mail.text());
        assertThat(id.find()).as("a Message-ID in the form of ours").isTrue();
        return id.group(1);
    }
}
