package io.certwright.app;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs commands that touch nothing, so that the virtual machine can write the classes they load into its archive
 * ({@code -XX:ArchiveClassesAtExit}); started by the launcher after a build or an installation. Shows nothing.
 */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("completion", "bash"),
            List.of("completion", "powershell", "--json"),
            List.of("--version"),
            List.of("--help"),
            List.of("config", "check"),
            List.of("config", "show", "--json"),
            List.of("no-such-command"));

    private Rehearsal() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CommandFrame frame = new CommandFrame(new Wiring(), nowhere, nowhere, Terminal.none());
        COMMANDS.forEach(words -> frame.run(words.toArray(String[]::new)));
    }
}
