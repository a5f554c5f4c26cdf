package io.certwright.store.postgres.embedded;

import io.certwright.testing.TestClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another JVM that holds a lease, seen from the test: {@link EmbeddedProcess}. */
final class LeaseHolder {
    private static final Pattern LEASED =
            Pattern.compile("leased 127\\.0\\.0\\.1:([0-9]+)/postgres postmaster ([0-9]+)");

    private final Process process;
    private final BufferedReader output;

    private LeaseHolder(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static LeaseHolder start(Path folder) throws IOException {
        return start(List.of(), TestClassPath.text(), folder);
    }

    static LeaseHolder start(List<String> prefix, String classPath, Path folder) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                EmbeddedProcess.class.getName(),
                folder.toString()));
        return new LeaseHolder(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until it says that it has its lease, and gives the server's process id. */
    long awaitPostmaster() {
        String line = awaitLine();
        Matcher matcher = LEASED.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("the other process has no lease: " + line);
        }
        return Long.parseLong(matcher.group(2));
    }

    /** Its one line: about its lease, or why it has none. */
    String awaitLine() {
        try {
            String line = output.readLine();
            while (line != null && !line.startsWith("leased") && !line.startsWith("failed")) {
                line = output.readLine();
            }
            return line == null ? "ended without a word" : line;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** As {@code kill -9}: nothing is cleaned up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("a killed process still runs");
        }
    }

    /** Lets it give up its lease, and waits for its end. */
    void letGo() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("a process did not end when it was told to");
        }
    }
}
