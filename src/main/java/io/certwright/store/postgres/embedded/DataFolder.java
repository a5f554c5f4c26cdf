package io.certwright.store.postgres.embedded;

import io.certwright.failure.AtomicMove;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster's files and the password that belongs to them. Both appear whole or not at all, the password first. */
final class DataFolder {
    private static final String DRAFT = "initializing-";
    private static final int PASSWORD_BYTES = 32;

    private final Layout layout;
    private final Supplier<? extends RandomGenerator> random;

    /** @param random asked only when a password is made: a secure one takes its time to set up */
    DataFolder(Layout layout, Supplier<? extends RandomGenerator> random) {
        this.layout = layout;
        this.random = random;
    }

    void ensureInitialized(PostgresTools tools, Duration limit) throws IOException, LifecycleException {
        clearDrafts();
        if (Files.exists(layout.data())) {
            requireOurVersion();
            requirePassword();
            return;
        }
        if (Files.notExists(layout.password())) {
            byte[] secret = new byte[PASSWORD_BYTES];
            random.get().nextBytes(secret);
            OwnerOnly.write(layout.password(), HexFormat.of().formatHex(secret));
        }
        // Under another name until it is whole: what a killed process left is told from a cluster by its name alone.
        Path draft = layout.folder().resolve(DRAFT + UUID.randomUUID());
        PostgresTools.Outcome outcome = tools.initialize(draft, Server.USER, limit);
        if (!outcome.succeeded()) {
            throw StartFailure.of(outcome.output()).on(layout.folder(), outcome.output());
        }
        AtomicMove.replace(draft, layout.data());
        log().info("made a new PostgreSQL {} data folder, {}", PostgresBinaries.VERSION, layout.data());
    }

    private void clearDrafts() throws IOException {
        for (String prefix : new String[] {DRAFT, "unpacking-"}) {
            for (Path draft : Folders.startingWith(layout.folder(), prefix)) {
                clear(draft);
            }
        }
    }

    private static void clear(Path draft) {
        try {
            Folders.delete(draft);
            log().info("cleared away what an interrupted start left: {}", draft);
        } catch (IOException | UncheckedIOException stillWritten) {
            // A child of the killed process may still be at work in it. It harms nobody, and the next start clears it.
            log().info("left for the next start what an interrupted one left: {}", draft);
        }
    }

    private void requireOurVersion() throws IOException, LifecycleException {
        Path file = layout.data().resolve("PG_VERSION");
        String version = Files.exists(file) ? Files.readString(file).strip() : "";
        if (version.equals(PostgresBinaries.MAJOR)) {
            return;
        }
        if (!version.matches("[0-9.]{1,6}")) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "EMBEDDED_DAMAGED",
                    "embedded PostgreSQL: " + layout.data()
                            + " is no PostgreSQL data folder (its PG_VERSION is missing or unreadable); restore it from a backup; to begin anew instead, move it away");
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "EMBEDDED_VERSION",
                "embedded PostgreSQL: the data in " + layout.data() + " was made by PostgreSQL " + version + ", wanted "
                        + PostgresBinaries.MAJOR
                        + "; go back to the Certwright that made it and take a backup there, then restore it here into an empty folder");
    }

    private void requirePassword() throws LifecycleException {
        if (Files.notExists(layout.password())) {
            throw new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "EMBEDDED_PASSWORD",
                    "embedded PostgreSQL: the password file " + layout.password() + " is gone, but the data in "
                            + layout.data() + " is there; put back the password file that belongs to it");
        }
    }

    char[] password() throws IOException, LifecycleException {
        try {
            return Files.readString(layout.password()).strip().toCharArray();
        } catch (NoSuchFileException gone) {
            requirePassword();
            throw gone;
        }
    }

    /** No constant: a command that logs nothing never loads the logging library. */
    private static Logger log() {
        return LoggerFactory.getLogger(DataFolder.class);
    }
}
