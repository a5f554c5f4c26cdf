package io.certwright.app;

import io.certwright.certificate.Thumbprint;
import io.certwright.store.postgres.DatabaseAddress;
import io.certwright.testing.FreePorts;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.KillingDoor;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.simulated.TlsFront;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One WSUS server that outlives the processes which change it, and the program's commands in processes that do not. */
final class KilledHouse implements AutoCloseable {
    private static final String NAME = "wsus.certwright.test";
    private static final OptionalInt OUT_OF_REACH = OptionalInt.of(5);
    private static final int MOST_TRIES = 3;
    private static final Pattern NO_DATABASE = Pattern.compile(
            "certwright: database \\S+ cannot be reached: (Connection attempt timed out|it does not answer in time); .*");
    private static final Path PASSWORD = Path.of("target", "test-postgres", "password");
    private static final List<String> WITH_TLS = List.of(
            "ApiRemoting30", "ClientWebService", "DssAuthWebService", "ServerSyncWebService", "SimpleAuthWebService");

    final SimulatedServer server;
    private final Path folder;
    private final int http = FreePorts.pair();
    private final TlsFront front;
    private final KillingDoor door;
    private CommandProcess current;
    private CommandProcess spare;
    private int repeats;

    KilledHouse(DatabaseAddress database, Path folder) throws IOException {
        this.folder = folder;
        server =
                FreshWsus.on(new SimulatedServer("demo", 17763, Clock.systemUTC(), new SecureRandom()), http, http + 1);
        server.knowName(NAME, List.of("127.0.0.1"));
        front = TlsFront.open(server, List.of("127.0.0.1"));
        door = KillingDoor.open(server);
        Files.writeString(folder.resolve("certwright.yml"), settings(database));
        current = newProcess();
        spare = newProcess();
    }

    private String settings(DatabaseAddress database) {
        return """
                issuers:
                  lab: { type: builtin, ca-key: p-256 }
                hosts:
                  demo: { transport: simulated, address: 127.0.0.1, port: %d, mode: manage }
                client-groups:
                  clients: { publish-to: trust, update-server: "https://%s:%d" }
                certificates:
                  demo:
                    dns: [%s]
                    issuer: lab
                    key: { algorithm: ec, size: 256 }
                    clients: clients
                    bind: [ { type: iis, host: demo, site: "%s", port: %d } ]
                wsus:
                  demo: { ssl-name: %s }
                database: { url: "%s", user: "%s", password: "${file:%s}" }
                """.formatted(
                        door.port(),
                        NAME,
                        http + 1,
                        NAME,
                        FreshWsus.SITE,
                        http + 1,
                        NAME,
                        database.url(),
                        database.user(),
                        PASSWORD.toAbsolutePath());
    }

    private CommandProcess newProcess() {
        return new CommandProcess(errors());
    }

    private Path errors() {
        return folder.resolve("child.log");
    }

    /** Runs a command to its end. */
    int run(String... words) {
        return inOneProcess(words)
                .orElseThrow(() -> new AssertionError("the process ended by itself; it said: " + lastWords()));
    }

    private boolean lacksDatabase() {
        return NO_DATABASE.matcher(lastWords()).matches();
    }

    /** How often a command was run once more because no connection to the database came about. */
    int repeats() {
        return repeats;
    }

    /** The last line that a command printed. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(errors())) {
            return lines.reduce("", (before, line) -> line);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs it in a process that is killed where the connection would be lost; whether it came so far, and ended by nothing else. */
    boolean runKilledAt(Mishap lost, String... words) {
        CommandProcess victim = current;
        AtomicBoolean struck = new AtomicBoolean();
        door.killBy(() -> {
            struck.set(true);
            victim.kill();
        });
        server.plan(lost);
        boolean killed = inOneProcess(words).isEmpty() && struck.get();
        server.forgetMishaps();
        if (killed) {
            current = spare;
            spare = newProcess();
        }
        return killed;
    }

    /** Only where no connection to the database came about, on a machine that is busy, the command is tried again. */
    private OptionalInt inOneProcess(String... words) {
        OptionalInt exit = once(words);
        for (int tries = 1; tries < MOST_TRIES && exit.equals(OUT_OF_REACH) && lacksDatabase(); tries++) {
            repeats++;
            exit = once(words);
        }
        return exit;
    }

    private OptionalInt once(String... words) {
        return current.run(Stream.concat(
                        Stream.of("--config", folder.resolve("certwright.yml").toString()), Stream.of(words))
                .toArray(String[]::new));
    }

    Optional<Thumbprint> served() {
        return Optional.ofNullable(server.httpSysTable().get("ipport=0.0.0.0:" + (http + 1)));
    }

    /** As an administrator imports it from the package. */
    void trustOwnRoot() throws IOException, CertificateException {
        try (Stream<Path> files = Files.list(folder.resolve("trust"))) {
            Path root = files.filter(file -> file.getFileName().toString().startsWith("root-")
                            && file.getFileName().toString().endsWith(".cer"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = Files.newInputStream(root)) {
                X509Certificate read = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in);
                server.putCertificate(StoreName.ROOT, read, Optional.empty(), false);
            }
        }
    }

    /** Whether TLS is required on the five, or on some, or on none of them, and whether WSUS counts itself as using it. */
    String tls() {
        long required = WITH_TLS.stream()
                .filter(each -> server.findSslFlags(FreshWsus.SITE_ID, each)
                        .filter("Ssl"::equals)
                        .isPresent())
                .count();
        Map<String, String> setup = server.setupValues();
        boolean named = NAME.equals(setup.get("ServerCertificateName"));
        boolean counts = "1".equals(setup.get("UsingSSL"));
        if (required == WITH_TLS.size() && named && counts) {
            return "wished";
        }
        return required == 0 && !named && !counts ? "old" : "between";
    }

    /** The call that the server took last, also where it went wrong. */
    String lastCall() {
        List<String> called = server.called();
        return called.get(called.size() - 1);
    }

    /** Whether WSUS was restarted after the last time that it was configured. */
    boolean isRestarted() {
        List<String> called = server.called();
        List<String> after = called.subList(called.lastIndexOf("Invoke-ConfigureSsl") + 1, called.size());
        return after.stream()
                        .filter(call -> call.startsWith("Restart-"))
                        .collect(Collectors.toSet())
                        .size()
                == 2;
    }

    @Override
    public void close() throws IOException {
        current.close();
        spare.close();
        front.close();
        door.close();
    }
}
