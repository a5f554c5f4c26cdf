package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.BEN;
import static io.certwright.alert.Alerts.NOON;
import static io.certwright.alert.Alerts.expiry;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.store.postgres.PostgresAlertOutbox;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestDatabase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database goes away in the middle, very many certificates end at once, the clock jumps a year and back. */
final class HardTimesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** Each test that waits for a database that is away waits this long for a connection, several times over. */
    private static final DatabaseLimits IMPATIENT = new DatabaseLimits(
            Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(2));

    private final MovableClock clock = new MovableClock(NOON);
    private final List<Digest> mails = new ArrayList<>();
    private Database impatient;
    private AlertOutbox outbox;
    private String name;

    @BeforeEach
    void furnish() throws LifecycleException {
        DATABASE.empty();
        impatient = Database.pooled(DATABASE.address(), IMPATIENT, 4);
        outbox = new PostgresAlertOutbox(impatient);
        name = DATABASE.database()
                .find("SELECT current_database() AS name", row -> row.text("name"))
                .orElseThrow();
    }

    @AfterEach
    void leave() {
        impatient.close();
    }

    @Test
    void a_database_that_restarts_while_sending_costs_one_mail_sent_twice_under_one_name() throws LifecycleException {
        for (int i = 0; i < 6; i++) {
            outbox.offer(expiry("a", "7d", NOON), new Recipient("r" + i + "@contoso.com"));
        }
        AlertDispatch dispatch = dispatch(digest -> {
            mails.add(digest);
            if (mails.size() == 3) {
                shut();
            }
        });

        Dispatched interrupted = dispatch.run();
        assertThat(interrupted.mails()).isEqualTo(2);
        assertThat(interrupted.failures())
                .first()
                .satisfies(unsent -> assertThat(unsent.sentence())
                        .startsWith("alerts to r2@contoso.com: the outbox could not be written: database "));
        open();
        clock.advance(Duration.ofMinutes(16));
        dispatch.run();
        dispatch.run();

        assertThat(mails).hasSize(7);
        assertThat(mails.stream().map(Digest::to).distinct()).hasSize(6);
        List<UUID> ofTheThird = mails.stream()
                .filter(mail -> mail.to().equals(new Recipient("r2@contoso.com")))
                .map(Digest::id)
                .toList();
        assertThat(ofTheThird).hasSize(2);
        assertThat(ofTheThird.get(0)).isEqualTo(ofTheThird.get(1));
    }

    @Test
    void a_database_that_is_away_is_told_in_one_sentence_and_changes_nothing() throws LifecycleException {
        outbox.offer(expiry("a", "7d", NOON), ANNA);
        shut();
        Dispatched away = dispatch(mails::add).run();
        open();

        assertThat(away.failures()).singleElement().satisfies(unsent -> {
            assertThat(unsent.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(unsent.sentence()).startsWith("alerts: the outbox could not be read: database ");
        });
        assertThat(dispatch(mails::add).run().mails()).isOne();
    }

    @Test
    void a_thousand_certificates_that_end_at_once_are_one_mail_for_each_recipient() throws LifecycleException {
        ending(1_000);
    }

    @Test
    @Tag("long")
    void ten_thousand_certificates_that_end_at_once_are_one_mail_for_each_recipient() throws LifecycleException {
        ending(10_000);
    }

    private void ending(int many) throws LifecycleException {
        List<Watched> watched = IntStream.range(0, many)
                .mapToObj(i -> new Watched(
                        "web" + i,
                        Alerts.thumbprint(i + 1),
                        new ValidityPeriod(NOON.minus(Duration.ofDays(80)), NOON.plus(Duration.ofDays(10))),
                        Optional.empty(),
                        List.of(ANNA, BEN),
                        false))
                .toList();
        ExpiryWatch watch =
                new ExpiryWatch(() -> watched, outbox, Thresholds.standard(), Duration.ofDays(2), ZoneOffset.UTC);

        assertThat(watch.pass(NOON)).isEqualTo(2 * many);
        assertThat(watch.pass(NOON.plusSeconds(900))).isZero();
        clock.advance(Duration.ofMinutes(20));
        assertThat(dispatch(mails::add).run()).isEqualTo(new Dispatched(2, 2 * many, List.of()));

        assertThat(mails).extracting(Digest::to).containsExactly(ANNA, BEN);
        assertThat(mails.get(0).subject()).endsWith(" (and " + (many - 1) + " more)");
        assertThat(dispatch(mails::add).run().mails()).isZero();
    }

    @Test
    void a_clock_that_jumps_a_year_and_back_loses_nothing_and_repeats_nothing_that_was_told_before()
            throws LifecycleException {
        Watched certificate = Alerts.watched("wsus01", Alerts.FIRST, NOON.plus(Duration.ofDays(20)));
        ExpiryWatch watch = new ExpiryWatch(
                () -> List.of(certificate), outbox, Thresholds.standard(), Duration.ofDays(2), ZoneOffset.UTC);
        AlertDispatch dispatch = dispatch(mails::add);
        look(watch, dispatch);
        assertThat(stages()).containsExactly("30d");

        clock.advance(Duration.ofDays(365));
        look(watch, dispatch);
        assertThat(stages()).as("told by the wrong clock").containsExactly("30d", "expired");

        clock.advance(Duration.ofDays(-365).plusHours(1));
        look(watch, dispatch);
        assertThat(stages()).as("back again, nothing new").containsExactly("30d", "expired");
        for (int hour = 0; hour < 24 * 22; hour++) {
            clock.advance(Duration.ofHours(1));
            look(watch, dispatch);
        }
        assertThat(stages().stream().filter(stage -> !stage.contains("+")))
                .as("every stage in its time")
                .containsExactly("30d", "expired", "14d", "7d", "3d", "1d", "expired");
    }

    private void look(ExpiryWatch watch, AlertDispatch dispatch) throws LifecycleException {
        var told = watch.pass(clock.instant());
        assertThat(told).isLessThan(2);
        dispatch.run();
    }

    private List<String> stages() {
        return mails.stream()
                .flatMap(mail -> mail.alerts().stream())
                .map(alert -> alert.key().stage())
                .toList();
    }

    private AlertDispatch dispatch(AlertSender sender) {
        return new AlertDispatch(outbox, Channels.byMail(sender), new Random(1), clock);
    }

    /** As a restart looks from here: every connection breaks, and no new one is taken. */
    private void shut() throws LifecycleException {
        onServer("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        onServer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    private void open() throws LifecycleException {
        onServer("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
    }

    private static void onServer(String statement) throws LifecycleException {
        Database server = Database.single(DATABASE.address().withDatabase("postgres"), DatabaseLimits.standard());
        try {
            if (statement.startsWith("SELECT")) {
                server.list(statement, row -> 1);
            } else {
                server.update(statement);
            }
        } finally {
            server.close();
        }
    }
}
