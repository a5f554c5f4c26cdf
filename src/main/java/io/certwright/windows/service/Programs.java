package io.certwright.windows.service;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs of Windows, with a limit. What they say goes to a file: what they start would hold a pipe open. */
final class Programs {
    private final Duration limit;

    Programs(Duration limit) {
        this.limit = limit;
    }

    /**
     * How a program ended.
     *
     * @param said in the code page of the system, for people alone
     */
    record Ran(int exit, String said) {
        boolean succeeded() {
            return exit == 0;
        }

        /** The last line that says something, short enough for a sentence. */
        String lastWord() {
            return said.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((first, second) -> second)
                    .map(line -> "it says " + Printable.quote(Printable.escape(line, 200)))
                    .orElse("it says nothing");
        }
    }

    Ran run(List<String> words) throws LifecycleException {
        String program = String.valueOf(Path.of(words.get(0)).getFileName());
        try {
            Path output = Files.createTempFile("certwright-service", ".txt");
            try {
                return run(program, words, output);
            } finally {
                forget(output);
            }
        } catch (IOException absent) {
            throw failed(program, "cannot be started (" + absent.getMessage() + "); check that it is there", absent);
        }
    }

    private Ran run(String program, List<String> words, Path output) throws IOException, LifecycleException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw failed(
                        program,
                        "is not done after " + limit.toSeconds() + " s; run it again",
                        new TimeoutException(program));
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw failed(program, "was interrupted; run it again", stopped);
        }
        return new Ran(process.exitValue(), new String(Files.readAllBytes(output), charset()));
    }

    /** What the program started may have it open a little longer; what then stays lies among the temporary files. */
    private static void forget(Path output) {
        try {
            Files.deleteIfExists(output);
        } catch (IOException stillOpen) {
            output.toFile().deleteOnExit();
        }
    }

    private static Charset charset() {
        String system = System.getProperty("native.encoding", "");
        return system.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(system);
    }

    private static LifecycleException failed(String program, String why, Exception cause) {
        return new LifecycleException(FailureKind.INTERNAL, "SERVICE_PROGRAM", program + " " + why, cause);
    }
}
