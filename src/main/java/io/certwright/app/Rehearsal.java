package io.certwright.app;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.embedded.EmbeddedPostgres;
import io.certwright.store.postgres.embedded.EmbeddedSettings;
import io.certwright.store.postgres.embedded.PostgresLease;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs commands in a temporary folder with a database of its own, so that the virtual machine can write the classes they load into its
 * archive ({@code -XX:ArchiveClassesAtExit}); started by the launcher after a build or an installation. Shows nothing. Where no database
 * can be started, the classes of the commands that need none are archived all the same.
 */
public final class Rehearsal {
    private static final String SETTINGS = """
            issuers:
              lab: { type: builtin, ca-key: p-256 }
              nobody: { type: acme, directory: "https://127.0.0.1:1/dir", http-01: { listen: "127.0.0.1:80" } }
            certificates:
              one: { dns: [one.contoso.com], issuer: lab, key: { algorithm: ec, size: 256 } }
              two: { dns: [two.contoso.com, www.two.contoso.com], issuer: lab, key: { algorithm: ec, size: 256 } }
              three: { dns: [three.contoso.com], issuer: lab }
            """
            // Long settings are read by other classes.
            + "# and so on\n".repeat(2_000);

    private static final List<List<String>> ALONE = List.of(
            List.of("completion", "bash"),
            List.of("completion", "powershell", "--json"),
            List.of("--version"),
            List.of("--help"),
            List.of("config", "check"),
            List.of("config", "show", "--json"),
            List.of("no-such-command"));

    private static final List<List<String>> WITH_A_DATABASE = List.of(
            List.of("renew", "one"),
            List.of("renew", "one", "two"),
            List.of("list"),
            List.of("list", "--json"),
            List.of("show", "one"),
            List.of("show", "two", "--json"),
            List.of("why", "one"),
            List.of("why", "three", "--json"),
            List.of("issuer", "list"),
            // Nothing listens there: what asks a CA over HTTPS is loaded all the same.
            List.of("issuer", "test", "nobody"),
            List.of("alerts", "list"));

    private final Path settings;
    private final Person person = new Person();

    private Rehearsal(Path settings) {
        this.settings = settings;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("certwright-rehearsal");
        try {
            Path settings = Files.writeString(folder.resolve("certwright.yml"), SETTINGS);
            new Rehearsal(settings).perform();
        } finally {
            delete(folder);
        }
    }

    private void perform() {
        ALONE.forEach(this::run);
        // Held over all commands: each would else start and stop the server.
        try (PostgresLease held = new EmbeddedPostgres(
                        EmbeddedSettings.in(settings.resolveSibling("data").resolve("postgres")))
                .ensureRunning()) {
            held.address();
            WITH_A_DATABASE.forEach(this::run);
        } catch (LifecycleException unavailable) {
            run(List.of("list"));
        }
    }

    private void run(List<String> words) {
        List<String> all = new ArrayList<>(List.of("--config", settings.toString()));
        all.addAll(words);
        OutputStream nowhere = OutputStream.nullOutputStream();
        // Asked as Main asks, so that what answers is in the archive, too: nobody is there.
        Main.run(all.toArray(String[]::new), nowhere, nowhere, person.isThere());
    }

    /** As far as it goes: what is left over lies among the temporary files. */
    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = new ArrayList<>(below.toList());
        }
        Collections.reverse(all);
        all.stream().map(Path::toFile).forEach(File::delete);
    }
}
