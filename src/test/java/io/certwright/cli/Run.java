package io.certwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One run of the whole command line in memory.
 *
 * @param exit the exit code of the process
 * @param out what stood on stdout
 * @param err what stood on stderr
 */
record Run(int exit, String out, String err) {
    static Run of(House house, String... words) {
        return of(CommandTable.standard(), house, Terminal.none(), words);
    }

    static Run of(CommandTable commands, House house, Terminal terminal, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandFrame.Output output =
                new CommandFrame.Output(stream(out), stream(err), terminal, Duration.ofSeconds(10));
        int exit = new CommandFrame(commands, house, output).run(words);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
