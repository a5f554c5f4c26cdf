package io.certwright.windows.local;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.BoundedOutput;
import io.certwright.windows.Carrier;
import io.certwright.windows.Visit;
import io.certwright.windows.VisitFailure;
import io.certwright.windows.VisitOutput;
import io.certwright.windows.WindowsPowerShell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Starts Windows PowerShell as a child of this process. It gets what programs need of our environment and nothing else: no secret of
 * ours, and no module path of another PowerShell.
 */
public final class LocalCarrier implements Carrier {
    private static final Duration DYING = Duration.ofSeconds(5);

    private static final Set<String> HANDED_ON = Set.of(
            "ALLUSERSPROFILE",
            "APPDATA",
            "COMMONPROGRAMFILES",
            "COMMONPROGRAMW6432",
            "COMPUTERNAME",
            "COMSPEC",
            "LOCALAPPDATA",
            "NUMBER_OF_PROCESSORS",
            "OS",
            "PATH",
            "PATHEXT",
            "PROCESSOR_ARCHITECTURE",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "PROGRAMFILES(X86)",
            "PROGRAMW6432",
            "PUBLIC",
            "SMS_ADMIN_UI_PATH",
            "SYSTEMDRIVE",
            "SYSTEMROOT",
            "TEMP",
            "TMP",
            "USERDOMAIN",
            "USERNAME",
            "USERPROFILE",
            "WINDIR");

    private final String host;
    private final Optional<Path> program;

    /** @param program as {@link WindowsPowerShell#find} finds it; a visit says so where there is none */
    public LocalCarrier(String host, Optional<Path> program) {
        this.host = host;
        this.program = program;
    }

    @Override
    public boolean hasNetworkLogon() {
        return true;
    }

    @Override
    public VisitOutput carry(Visit visit) throws LifecycleException {
        long end = System.nanoTime() + visit.limit().toNanos();
        Process process = start(visit);
        BoundedOutput stdout = BoundedOutput.ofAnswer();
        BoundedOutput stderr = BoundedOutput.ofComplaints();
        try {
            Thread answering = copying(process, process.getInputStream(), stdout);
            Thread complaining = copying(process, process.getErrorStream(), stderr);
            Thread asking = asking(process, visit);
            boolean ended = process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!ended) {
                throw VisitFailure.tooSlow(host, visit.limit());
            }
            for (Thread copy : List.of(answering, complaining, asking)) {
                copy.join(DYING.toMillis());
            }
            if (stdout.isExceeded()) {
                throw VisitFailure.tooLong(host);
            }
            return new VisitOutput(process.exitValue(), stdout.text(), stderr.text());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw VisitFailure.interrupted(host);
        } finally {
            endAll(process);
        }
    }

    private Process start(Visit visit) throws LifecycleException {
        Path powerShell = program.orElseThrow(() -> new LifecycleException(
                FailureKind.REFUSED,
                "POWERSHELL_MISSING",
                VisitFailure.of(host)
                        + "this machine has no Windows PowerShell 5.1 below %SystemRoot%, wanted one for transport: local;"
                        + " run Certwright on Windows, or reach the host by transport: ssh"));
        List<String> command = new ArrayList<>(List.of(powerShell.toString()));
        command.addAll(visit.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !HANDED_ON.contains(name.toUpperCase(Locale.ROOT)));
        try {
            return builder.start();
        } catch (IOException refused) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "POWERSHELL_NOT_STARTED",
                    VisitFailure.of(host) + powerShell + " cannot be started; check that this account may run it",
                    refused);
        }
    }

    /** Ends the process where it says too much, so that nobody waits for the rest. */
    private static Thread copying(Process process, InputStream from, BoundedOutput to) {
        return started("windows-local-output", () -> {
            try (from) {
                from.transferTo(to);
            } catch (IOException endedOrTooMuch) {
                process.destroyForcibly();
            }
        });
    }

    private static Thread asking(Process process, Visit visit) {
        return started("windows-local-input", () -> {
            try (OutputStream to = process.getOutputStream()) {
                to.write(visit.input());
            } catch (IOException notRead) {
                // It may answer without reading all of it; the answer decides.
            }
        });
    }

    private static Thread started(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void endAll(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
