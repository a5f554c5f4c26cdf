package io.certwright.binding.files;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The command after which a server has read its files again. It runs without a shell, without our environment's secrets and in a
 * process group of its own where the system has {@code setsid}; at its limit it and all that it started are ended.
 */
final class Reload {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path KILL = Path.of("/bin/kill");
    private static final Duration DYING = Duration.ofSeconds(5);
    private static final int SHOWN = 300;

    /** What programs need to run at all; everything else may be a secret. */
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
            "USERPROFILE");

    private final List<String> command;
    private final Duration limit;

    Reload(List<String> command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    boolean isWanted() {
        return !command.isEmpty();
    }

    /** The program alone: its arguments may name what is nobody's business. */
    String program() {
        return command.isEmpty() ? "" : command.get(0);
    }

    void run() throws LifecycleException {
        Process process = start();
        OutputTail output = OutputTail.of(process.getInputStream());
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                endAll(process);
                throw failure(
                        "RELOAD_TOO_SLOW",
                        "did not end within " + limit.toSeconds() + " s and was ended with all that it started"
                                + shown(output));
            }
        } catch (InterruptedException stopped) {
            endAll(process);
            Thread.currentThread().interrupt();
            throw failure("RELOAD_INTERRUPTED", "was interrupted and ended with all that it started");
        }
        if (process.exitValue() != 0) {
            throw failure("RELOAD_FAILED", "ended with " + process.exitValue() + shown(output));
        }
    }

    private Process start() throws LifecycleException {
        List<String> arguments = new ArrayList<>();
        if (hasGroup()) {
            arguments.add(SETSID.toString());
        }
        arguments.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !HANDED_ON.contains(name.toUpperCase(java.util.Locale.ROOT)));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException absent) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "RELOAD_FAILED",
                    sentence("cannot be started; check that it is there and may be run"),
                    absent);
        }
    }

    /** The tree first, as far as it is one, then the group, which also has those whose parent is gone. */
    private void endAll(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        killGroup(process);
        all.addAll(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(process);
    }

    private void killGroup(Process process) {
        if (!hasGroup() || !Files.isExecutable(KILL)) {
            return;
        }
        try {
            Process kill = new ProcessBuilder(KILL.toString(), "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitEnd(kill);
        } catch (IOException noGroup) {
            process.destroyForcibly();
        }
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor(DYING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasGroup() {
        return Files.isExecutable(SETSID);
    }

    private static String shown(OutputTail output) {
        String text = output.text();
        String end = text.length() > SHOWN ? "…" + text.substring(text.length() - SHOWN) : text;
        return end.isEmpty() ? ", saying nothing" : ", saying \"" + Printable.escape(end, SHOWN + 1) + "\"";
    }

    private LifecycleException failure(String code, String what) {
        return new LifecycleException(
                FailureKind.REFUSED, code, sentence(what + "; run it by hand and correct it or the server's settings"));
    }

    private String sentence(String what) {
        return "files: the reload command " + Printable.quote(program()) + " " + what;
    }
}
