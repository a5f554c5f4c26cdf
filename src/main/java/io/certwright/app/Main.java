package io.certwright.app;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new Person().isThere()));
    }

    /** Runs one command; the exit code. */
    static int run(String[] arguments, OutputStream standard, OutputStream errors, boolean console) {
        Terminal terminal = Terminal.detect(System.getenv(), name -> System.getProperty(name, ""), console);
        Outlet answers = new Outlet(standard);
        PrintStream out = stream(answers, terminal.answers(), "sun.stdout.encoding");
        PrintStream err = stream(new Outlet(errors), terminal.notes(), "sun.stderr.encoding");
        int exit = new CommandFrame(new Wiring(), out, err, terminal).run(arguments);
        out.flush();
        int all = exit == 0 && isLost(answers, err) ? 1 : exit;
        err.flush();
        return all;
    }

    /** Says so: a script that reads a file cut short by a full disk must not take it for the whole answer. */
    private static boolean isLost(Outlet answers, PrintStream err) {
        answers.failure()
                .ifPresent(why -> err.println("certwright: the answer could not be written to standard output: " + why
                        + "; what was asked is done, run it again to see its answer"));
        return answers.failure().isPresent();
    }

    /** UTF-8 for everything that another program reads; a console's own encoding, as Windows consoles have one. */
    private static PrintStream stream(OutputStream target, boolean terminal, String encodingProperty) {
        String console = System.getProperty(encodingProperty, "");
        boolean own = terminal
                && System.getProperty("os.name", "").startsWith("Windows")
                && Charset.isSupported(name(console));
        return new PrintStream(target, false, own ? Charset.forName(console) : StandardCharsets.UTF_8);
    }

    private static String name(String charset) {
        return charset.isEmpty() ? "unknown" : charset;
    }
}
