package io.certwright.lifecycle.resume;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Narration;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.store.postgres.embedded.EmbeddedPostgres;
import io.certwright.store.postgres.embedded.EmbeddedSettings;
import io.certwright.store.postgres.embedded.PostgresLease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The process that is killed. It runs a story for each line that it reads ({@code force MOMENT} or {@code go MOMENT}), tells every
 * moment that it passes, and stands still for ever at the one it was told.
 */
final class StoryChild {
    /** Begins each line that is meant for the parent. */
    static final String MARK = "##";

    static final String NOWHERE = "-";

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private volatile String stopAt = NOWHERE;

    private StoryChild() {}

    /** Arguments: folder of the database server, database, own folder, port of the listener, {@code late-intent} or nothing. */
    public static void main(String[] arguments) throws LifecycleException, IOException {
        new StoryChild().serve(arguments);
    }

    private void serve(String[] arguments) throws LifecycleException, IOException {
        UnaryOperator<RenewalRepository> fault = arguments.length > 4 ? IntentTooLate::new : UnaryOperator.identity();
        try (PostgresLease lease = new EmbeddedPostgres(EmbeddedSettings.in(Path.of(arguments[0]))).ensureRunning();
                Database database =
                        Database.single(lease.address().withDatabase(arguments[1]), DatabaseLimits.standard())) {
            StoryHouse house = new StoryHouse(
                    database, Path.of(arguments[2]), Integer.parseInt(arguments[3]), this::pass, this::tellListener);
            Story story = house.story(fault);
            tell("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int blank = line.indexOf(' ');
                stopAt = line.substring(blank + 1);
                Urge urge = line.startsWith("force ") ? Urge.FORCE : Urge.NONE;
                RenewalOutcome outcome = story.lifecycle().renew(OneWish.WSUS, urge, Narration.SILENT);
                tell("done " + outcome.word() + ": " + outcome.sentence().replace('\n', ' '));
            }
        }
    }

    private void pass(String moment) {
        tell("at " + moment);
        while (moment.equals(stopAt)) {
            standStill();
        }
    }

    private static void standStill() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException goOn) {
            Thread.currentThread().interrupt();
        }
    }

    /** The listener is the parent's; it follows its row by itself, but this way nobody waits a second. */
    private void tellListener() {
        tell("refresh");
        try {
            in.readLine();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void tell(String line) {
        System.out.println(MARK + line);
        System.out.flush();
    }
}
