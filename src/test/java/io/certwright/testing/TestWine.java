package io.certwright.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Windows programs under Wine, with a prefix of its own, and a Windows Java to run ours by: {@code .ci/run} fetches one below
 * {@code target/windows-java}. Tests that need them are visibly skipped where one is absent.
 */
public final class TestWine implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Path java;
    private final Process up;
    private int runs;

    private TestWine(Path folder, Path java) throws IOException {
        this.folder = folder;
        this.java = java;
        this.up = startStaying();
    }

    /** Makes the prefix below the folder, which takes some ten seconds. */
    public static TestWine start(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Programs.isThere("wine"), "wine is not on the PATH");
        Optional<Path> java = java();
        Assumptions.assumeTrue(java.isPresent(), "there is no Windows Java below target/windows-java");
        return new TestWine(folder, java.get());
    }

    /**
     * A program that waits for its input until the end. Wine goes down with the last program and comes up with the next, and its service
     * manager does not know all services while it does; Windows stays up.
     */
    private Process startStaying() throws IOException {
        return builder(List.of("wine", "cmd", "/k"), Map.of())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("up.txt").toFile())
                .start();
    }

    private static Optional<Path> java() throws IOException {
        Path fetched = Path.of("target", "windows-java").toAbsolutePath();
        if (!Files.isDirectory(fetched)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(fetched, 4)) {
            return files.filter(file -> file.endsWith("bin/java.exe")).findFirst();
        }
    }

    /** What a Windows program did. */
    public record Run(int exit, String out, String err) {}

    /** Where Java lies, as Windows names it. */
    public String javaHome() {
        return windows(java.getParent().getParent());
    }

    /** A path of ours as Windows programs see it. */
    public static String windows(Path path) {
        return "Z:" + path.toAbsolutePath().toString().replace('/', '\\');
    }

    /** The folder of the one drive that Wine has of its own. */
    public Path drive() {
        return folder.resolve("prefix/drive_c");
    }

    /** Runs a program, or a command of cmd.exe by its path, in a folder. Its output goes to files: Wine's services hold a pipe open. */
    public Run run(Path at, Map<String, String> environment, String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out-" + ++runs + ".txt");
        Path err = folder.resolve("err-" + runs + ".txt");
        List<String> command = new ArrayList<>(List.of("wine"));
        command.addAll(List.of(words));
        Process process = builder(command, environment)
                .directory(at.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", words) + " is not done after " + LIMIT.toSeconds() + " s: "
                    + text(out) + text(err));
        }
        return new Run(process.exitValue(), text(out), text(err));
    }

    private ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("JAVA"));
        builder.environment()
                .putAll(Map.of(
                        "WINEPREFIX",
                        folder.resolve("prefix").toString(),
                        "WINEARCH",
                        "win64",
                        "WINEDEBUG",
                        "-all",
                        "WINEDLLOVERRIDES",
                        "mscoree,mshtml,winemenubuilder.exe=",
                        "HOME",
                        folder.toString(),
                        "LC_ALL",
                        "C.UTF-8",
                        "JAVA_HOME",
                        javaHome()));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    /** Ends what still runs in this prefix. */
    @Override
    public void close() throws IOException, InterruptedException {
        up.destroy();
        Process ending = builder(List.of("wineserver", "-k", "-w"), Map.of())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("end.txt").toFile())
                .start();
        if (!ending.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            ending.destroyForcibly();
        }
    }
}
