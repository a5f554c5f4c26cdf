package io.certwright.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The second opinion: openssl from the PATH, in a folder of its own. Tests that need it are visibly skipped where it is absent. */
public final class OpenSsl {
    private final Path folder;

    private OpenSsl(Path folder) {
        this.folder = folder;
    }

    public static OpenSsl in(Path folder) {
        OpenSsl openSsl = new OpenSsl(folder);
        Assumptions.assumeTrue(openSsl.isThere(), "openssl is not on the PATH");
        return openSsl;
    }

    public OpenSsl write(String file, byte[] content) throws IOException {
        Files.write(folder.resolve(file), content);
        return this;
    }

    public OpenSsl write(String file, String content) throws IOException {
        return write(file, content.getBytes(StandardCharsets.US_ASCII));
    }

    /** What it prints on both streams; fails the test where it does not end with 0 within 30 s. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Answer answer = call(arguments);
        if (answer.exit() != 0) {
            throw new AssertionError(
                    "openssl " + String.join(" ", arguments) + " ended with " + answer.exit() + ":\n" + answer.text());
        }
        return answer.text();
    }

    public Answer call(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "openssl", ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("openssl " + String.join(" ", arguments) + " did not end within 30 s");
        }
        return new Answer(process.exitValue(), Files.readString(output));
    }

    /** Exit code and what was printed on both streams. */
    public record Answer(int exit, String text) {}

    private boolean isThere() {
        try {
            return call("version").exit() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
