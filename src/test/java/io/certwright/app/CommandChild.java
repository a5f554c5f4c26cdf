package io.certwright.app;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The process that is killed: runs the program's commands, one for each line that it reads, and tells each exit code. */
final class CommandChild {
    static final String EXIT = "##exit ";
    private static final Pattern TAB = Pattern.compile("\t");

    private CommandChild() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int exit = new CommandFrame(new Wiring(), System.err, System.err, Terminal.none()).run(TAB.split(line));
            System.out.println(EXIT + exit);
            System.out.flush();
        }
    }
}
