package io.certwright.store.postgres.embedded;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.WindowsPowerShell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code initdb} and {@code pg_ctl}, run with a limit; what they print is kept in a file, since a server they start would hold a pipe open. */
final class PostgresTools {
    /** What PowerShell says when it did as it was told: one that is none, or may not, also ends with 0. */
    private static final String DONE = "pg_ctl ended";

    /** The server gets a console of its own: an interrupt typed in ours must not reach it. Values come by environment, never as script. */
    private static final String START_ON_WINDOWS = "$p = Start-Process -FilePath $env:CERTWRIGHT_PG_CTL"
            + " -ArgumentList $env:CERTWRIGHT_PG_ARGUMENTS -WindowStyle Hidden -PassThru;"
            + " $null = $p.Handle; $p.WaitForExit(); '" + DONE + "'; exit $p.ExitCode";

    private final Path binaries;
    private final Platform platform;
    private final Layout layout;

    PostgresTools(Path binaries, Platform platform, Layout layout) {
        this.binaries = binaries;
        this.platform = platform;
        this.layout = layout;
    }

    /** @param exitCode 0 when it did what it should */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    Outcome initialize(Path data, String user, Duration limit) throws IOException, LifecycleException {
        return run(
                limit,
                tool("initdb"),
                "--pgdata=" + data,
                "--username=" + user,
                "--pwfile=" + layout.password(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                // Rounds slow down guessing, and nobody guesses 32 random bytes; at each login they cost more than all
                // else.
                "--set=scram_iterations=1",
                "--data-checksums");
    }

    Outcome start(Duration limit) throws IOException, LifecycleException {
        List<String> arguments = List.of(
                "start",
                "--wait",
                "--timeout=" + limit.toSeconds(),
                "--pgdata=" + layout.data(),
                "--log=" + layout.startLog());
        Optional<Path> powerShell = platform.isWindows() ? WindowsPowerShell.find(System.getenv()) : Optional.empty();
        if (powerShell.isPresent()) {
            Outcome outcome = startHidden(powerShell.get(), limit, arguments);
            if (outcome.output().contains(DONE)) {
                return outcome;
            }
        }
        return pgCtl(limit, arguments);
    }

    Outcome stop(String mode, Duration limit) throws IOException, LifecycleException {
        return pgCtl(
                limit,
                List.of(
                        "stop",
                        "--wait",
                        "--mode=" + mode,
                        "--timeout=" + limit.toSeconds(),
                        "--pgdata=" + layout.data()));
    }

    private Outcome pgCtl(Duration limit, List<String> arguments) throws IOException, LifecycleException {
        List<String> command = new ArrayList<>(List.of(tool("pg_ctl")));
        command.addAll(arguments);
        return run(limit, command.toArray(String[]::new));
    }

    private Outcome startHidden(Path powerShell, Duration limit, List<String> arguments)
            throws IOException, LifecycleException {
        String quoted = "\"" + String.join("\" \"", arguments) + "\"";
        return run(
                limit,
                Map.of("CERTWRIGHT_PG_CTL", tool("pg_ctl"), "CERTWRIGHT_PG_ARGUMENTS", quoted),
                List.of(powerShell.toString(), "-NoProfile", "-NonInteractive", "-Command", START_ON_WINDOWS));
    }

    private Outcome run(Duration limit, String... command) throws IOException, LifecycleException {
        List<String> whole = new ArrayList<>();
        if (platform.isSuperuser()) {
            // PostgreSQL refuses to run as root. In a user namespace of its own the same process is nobody in
            // particular.
            whole.addAll(List.of("unshare", "--user"));
        }
        whole.addAll(List.of(command));
        return run(limit, Map.of(), whole);
    }

    private Outcome run(Duration limit, Map<String, String> environment, List<String> command)
            throws IOException, LifecycleException {
        File output = layout.commandOutput().toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(layout.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            // pg_ctl keeps the limit itself and says more about it than a kill would.
            if (!process.waitFor(limit.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "EMBEDDED_TIMEOUT",
                        "embedded PostgreSQL: "
                                + Path.of(command.get(command.size() > 2 ? 2 : 0))
                                        .getFileName() + " was not done after " + limit.toSeconds()
                                + " s; look at the load and the disk of this machine");
            }
        } catch (InterruptedException interruption) {
            end(process);
            Thread.currentThread().interrupt();
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "EMBEDDED_INTERRUPTED", "embedded PostgreSQL: interrupted", interruption);
        }
        return new Outcome(process.exitValue(), Files.readString(output.toPath()));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String tool(String name) {
        return binaries.resolve("bin").resolve(platform.executable(name)).toString();
    }
}
