package io.certwright.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A command of the settings and how long it may take. Each run is a process group of its own where the system has {@code setsid}, gets
 * no input, and of our environment what programs need. A server that it starts and leaves behind lives on, unless the limit is met.
 */
public final class Program {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** What programs need to run at all; everything else may be a secret of ours. */
    private static final Set<String> HANDED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA");

    private final List<String> command;
    private final Duration limit;

    /** @param command the program and its arguments, at least the first */
    public Program(List<String> command, Duration limit) {
        this.command = List.copyOf(command);
        this.limit = limit;
    }

    /** For its effect: all that it prints may be shown to people. */
    public ProgramRun run() {
        return run(true);
    }

    /** For what it prints on its output, which no message shows; only its complaints are. */
    public ProgramRun ask() {
        return run(false);
    }

    private ProgramRun run(boolean showsOutput) {
        Process process;
        try {
            process = start(showsOutput);
        } catch (IOException absent) {
            return ProgramRun.notStarted();
        }
        Printed output = Printed.by(process.getInputStream());
        Printed shown = showsOutput ? output : Printed.by(process.getErrorStream());
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return ProgramRun.ended(process.exitValue(), output, shown);
            }
            ProcessGroup.end(process, hasGroup());
            return ProgramRun.tooSlow(limit, shown);
        } catch (InterruptedException stopped) {
            ProcessGroup.end(process, hasGroup());
            Thread.currentThread().interrupt();
            return ProgramRun.interrupted();
        }
    }

    private Process start(boolean showsOutput) throws IOException {
        List<String> arguments = new ArrayList<>();
        if (hasGroup()) {
            requireProgram();
            arguments.add(SETSID.toString());
        }
        arguments.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(showsOutput);
        builder.environment().keySet().removeIf(name -> !HANDED_ON.contains(name.toUpperCase(Locale.ROOT)));
        Process process = builder.start();
        closeInput(process);
        return process;
    }

    /** Here and not by setsid, which tells its own failure by an exit code that the program could have too. */
    private void requireProgram() throws IOException {
        String program = command.get(0);
        boolean isThere = program.contains("/")
                ? isProgram(Path.of(program))
                : Arrays.stream(System.getenv()
                                .getOrDefault("PATH", "/usr/bin:/bin")
                                .split(":", -1))
                        .anyMatch(folder -> isProgram(Path.of(folder, program)));
        if (!isThere) {
            throw new IOException("no program " + program);
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // It has gone already; how it ended is asked next.
        }
    }

    private static boolean hasGroup() {
        return Files.isExecutable(SETSID);
    }
}
