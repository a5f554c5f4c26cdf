package io.certwright.app;

import io.certwright.testing.QuickJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The parent's hold on one {@link CommandChild}. It dies by SIGKILL: no hook runs, no lock is given back. */
final class CommandProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    CommandProcess(Path errors) {
        try {
            process = new ProcessBuilder(QuickJava.command(CommandChild.class))
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** The exit code of one command; empty where the process was killed in it. */
    OptionalInt run(String... words) {
        try {
            in.write(String.join("\t", words) + "\n");
            in.flush();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(CommandChild.EXIT)) {
                    return OptionalInt.of(Integer.parseInt(line.substring(CommandChild.EXIT.length())));
                }
            }
            return OptionalInt.empty();
        } catch (IOException killed) {
            return OptionalInt.empty();
        }
    }

    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("process " + process.pid() + " survived SIGKILL for 20 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
