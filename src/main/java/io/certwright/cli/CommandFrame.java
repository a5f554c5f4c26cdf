package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one way through which every command runs: understands the words, runs the body, and turns whatever comes of it into an
 * answer or one sentence, and an exit code. A stack trace never reaches a person; with {@code -v} it goes to the log.
 */
public final class CommandFrame {
    private static final Duration LIMIT_TO_END = Duration.ofSeconds(10);
    private static final int LONGEST_SENTENCE = 2_000;
    private static final Pattern JAVA_NUMBER = Pattern.compile("is not an? (?:long|int)$");

    private final CommandTable commands;
    private final House house;
    private final Output output;

    public CommandFrame(House house, PrintStream out, PrintStream err, Terminal terminal) {
        this(CommandTable.standard(), house, new Output(out, err, terminal, LIMIT_TO_END));
    }

    CommandFrame(CommandTable commands, House house, Output output) {
        this.commands = commands;
        this.house = house;
        this.output = output;
    }

    /** Where a command shows things, and how long it may take to end when it is interrupted. */
    record Output(PrintStream out, PrintStream err, Terminal terminal, Duration limitToEnd) {}

    /** Runs one command on the calling thread and returns the exit code of the process. */
    public int run(String... words) {
        List<String> given = List.of(words);
        commands.expectedOf(given).ifPresent(house::expect);
        Screen screen = new Screen(output.out(), output.err(), output.terminal(), mode(given));
        Interruption interruption = Interruption.watch(screen, output.limitToEnd());
        try (house) {
            return attempt(given, screen).number();
        } finally {
            interruption.over();
        }
    }

    /** Read before the words are understood, because a word that is not understood must be told in the form wished for. */
    private static Screen.Mode mode(List<String> words) {
        int end = words.indexOf("--");
        List<String> options = end < 0 ? words : words.subList(0, end);
        return new Screen.Mode(options.contains("--json"), options.contains("-q") || options.contains("--quiet"));
    }

    private ExitCode attempt(List<String> words, Screen screen) {
        CommandLine line = commands.forWords(words);
        try {
            return perform(line, line.parseArgs(words.toArray(String[]::new)), screen);
        } catch (ParameterException e) {
            return end(screen, ExitCode.WRONG_USAGE, "WRONG_USAGE", sentenceOf(e));
        } catch (WrongUsage e) {
            return end(screen, ExitCode.WRONG_USAGE, "WRONG_USAGE", String.valueOf(e.getMessage()));
        }
    }

    private ExitCode perform(CommandLine line, ParseResult parsed, Screen screen) {
        RootCommand root = line.getCommand();
        CommandLine asked = innermost(parsed).commandSpec().commandLine();
        if (root.wantsHelp()) {
            return help(asked, screen);
        }
        if (root.wantsVersion()) {
            screen.answer(Answer.of("certwright " + house.version(), json -> json.put("version", house.version())));
            return ExitCode.DONE;
        }
        if (asked.getCommand() instanceof CommandBody body) {
            return run(body, root.options(), screen);
        }
        throw new WrongUsage(incomplete(asked));
    }

    private static ParseResult innermost(ParseResult parsed) {
        return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
    }

    private ExitCode help(CommandLine asked, Screen screen) {
        Terminal terminal = output.terminal();
        asked.setUsageHelpWidth(Math.max(terminal.columns(), 60));
        String usage = asked.getUsageMessage(terminal.answers() && terminal.colours() ? Ansi.ON : Ansi.OFF);
        screen.answer(Answer.of(usage.stripTrailing(), json -> json.put("usage", usage)));
        return ExitCode.DONE;
    }

    private ExitCode run(CommandBody body, GlobalOptions options, Screen screen) {
        try (Rooms rooms = house.enter(options)) {
            return body.run(screen, rooms);
        } catch (LifecycleException e) {
            trace(options, e);
            return end(screen, ExitCode.of(e), e.code(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } catch (FaultySettings e) {
            return end(screen, ExitCode.WRONG_USAGE, "FAULTY_SETTINGS", String.valueOf(e.getMessage()));
        } catch (WrongUsage e) {
            throw e;
        } catch (RuntimeException | Error e) {
            trace(options, e);
            return end(screen, ExitCode.FAILED, "INTERNAL", unexpected(e));
        }
    }

    private static ExitCode end(Screen screen, ExitCode exit, String code, String sentence) {
        screen.failure(exit, code, sentence);
        return exit;
    }

    private static void trace(GlobalOptions options, Throwable failure) {
        if (options.verbose()) {
            LoggerFactory.getLogger(CommandFrame.class).debug("The command failed.", failure);
        }
    }

    private static String unexpected(Throwable failure) {
        return "Unexpected " + failure.getClass().getSimpleName() + ": "
                + Printable.escape(String.valueOf(failure.getMessage()), LONGEST_SENTENCE)
                + ". This is a fault of Certwright; run it again with -v and report what it logs.";
    }

    private static String incomplete(CommandLine asked) {
        String words = asked.getCommandSpec().qualifiedName();
        String choices = String.join(", ", asked.getSubcommands().keySet());
        return words + ": the command is missing. Give one of: " + choices + "; " + words + " --help tells more.";
    }

    private static String sentenceOf(ParameterException e) {
        String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help tells more.";
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched) + " " + help;
        }
        String message = JAVA_NUMBER
                .matcher(Printable.escape(String.valueOf(e.getMessage()), LONGEST_SENTENCE))
                .replaceFirst("is no whole number");
        return (message.endsWith(".") ? message : message + ".") + " " + help;
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        boolean commandWanted = !e.getCommandLine().getSubcommands().isEmpty();
        String what = e.isUnknownOption() ? "option" : commandWanted ? "command" : "word";
        List<String> near = e.getSuggestions();
        return "Unknown " + what + " " + Printable.quote(word) + "."
                + (near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?");
    }
}
