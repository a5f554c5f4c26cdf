package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that changes DNS: called without a shell, behind its own arguments {@code present} or {@code cleanup}, the record's name
 * and its value. It ends with 0 when the record is there, or gone.
 */
record DnsHook(IssuerName issuer, List<String> command, Duration limit) implements Responder {
    private static final Logger LOG = LoggerFactory.getLogger(DnsHook.class);
    private static final int SHOWN = 300;

    /** What programs need to run at all; everything else may be a secret of ours. */
    private static final Set<String> HANDED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "SYSTEMROOT",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "USERPROFILE");

    @Override
    public String type() {
        return "dns-01";
    }

    @Override
    public void show(ChallengeAnswer answer) throws LifecycleException {
        run("present", answer);
    }

    @Override
    public void withdraw(ChallengeAnswer answer) {
        try {
            run("cleanup", answer);
        } catch (LifecycleException stays) {
            LOG.warn("A record shown to the CA stays: {}", stays.getMessage());
        }
    }

    private void run(String what, ChallengeAnswer answer) throws LifecycleException {
        List<String> call = new ArrayList<>(command);
        call.addAll(List.of(what, answer.recordName(), answer.digest()));
        Process process = start(call, what);
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> outputOf(process));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw failed(what, "did not end within " + limit.toSeconds() + " s and was ended", "");
            }
            if (process.exitValue() != 0) {
                throw failed(what, "ended with " + process.exitValue(), output.get(1, TimeUnit.SECONDS));
            }
        } catch (InterruptedException stopped) {
            end(process);
            Thread.currentThread().interrupt();
            throw failed(what, "was interrupted", "");
        } catch (ExecutionException | TimeoutException silent) {
            throw failed(what, "ended with " + process.exitValue(), "");
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Process start(List<String> call, String what) throws LifecycleException {
        try {
            ProcessBuilder builder = new ProcessBuilder(call).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> !HANDED_ON.contains(name.toUpperCase(Locale.ROOT)));
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException absent) {
            throw failed(what, "cannot be started", "");
        }
    }

    private static String outputOf(Process process) {
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readNBytes(SHOWN), StandardCharsets.UTF_8).strip();
            out.transferTo(java.io.OutputStream.nullOutputStream());
            return text;
        } catch (IOException closed) {
            return "";
        }
    }

    private LifecycleException failed(String what, String why, String output) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "DNS_HOOK_FAILED",
                "issuer " + issuer + ": the hook " + Printable.quote(command.get(0)) + " for dns-01 " + why
                        + " when called with " + what
                        + (output.isEmpty() ? "" : ", saying " + Printable.quote(output))
                        + "; run it by hand and mend it");
    }

    @Override
    public String test() throws LifecycleException {
        Path program = Path.of(command.get(0));
        if (program.isAbsolute() && !Files.isExecutable(program)) {
            throw failed("present", "is not there or may not be run", "");
        }
        return "calls " + Printable.quote(command.get(0));
    }
}
