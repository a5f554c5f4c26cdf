package io.certwright.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import picocli.CommandLine;

/**
 * All commands by name. Only the command that is asked for is built: reading the options of all of them takes longer than many a
 * command does.
 */
final class CommandTable {
    static {
        // Else picocli looks through every library for Groovy, at each start.
        System.setProperty("picocli.disable.closures", "true");
    }

    private static final String CONFIG = "--config";
    private static final List<String> NAMES = List.of(
            "up",
            "init",
            "serve",
            "issue",
            "renew",
            "list",
            "show",
            "why",
            "check",
            "probe",
            "bind",
            "rollback",
            "retire",
            "revoke",
            "trust",
            "issuer",
            "alerts",
            "key",
            "audit",
            "scan",
            "adopt",
            "wsus",
            "windows",
            "demo",
            "explain",
            "doctor",
            "config",
            "completion");

    private static final Set<String> READERS_OF_THE_RECORD = Set.of("list", "show", "why");

    private final List<String> names;
    private final BiFunction<String, CommandTable, Object> commands;

    /**
     * @param names in the order of the help
     * @param commands makes the picocli object of a name, for this table
     */
    CommandTable(List<String> names, BiFunction<String, CommandTable, Object> commands) {
        this.names = names;
        this.commands = commands;
    }

    /** The commands of Certwright. */
    static CommandTable standard() {
        return new CommandTable(NAMES, CommandTable::command);
    }

    private static Object command(String name, CommandTable table) {
        return switch (name) {
            case "up" -> new UpCommand();
            case "init" -> new InitCommand();
            case "serve" -> new ServeCommand();
            case "check" -> new CheckCommand();
            case "probe" -> new ProbeCommand();
            case "trust" -> new TrustCommand();
            case "issuer" -> new IssuerCommand();
            case "alerts" -> new AlertsCommand();
            case "audit" -> new AuditCommand();
            case "key" -> new KeyCommand();
            case "scan" -> new ScanCommand();
            case "adopt" -> new AdoptCommand();
            case "wsus" -> new WsusCommand();
            case "windows" -> new WindowsCommand();
            case "demo" -> new DemoCommand();
            case "explain" -> new ExplainCommand();
            case "doctor" -> new DoctorCommand();
            case "issue" -> new IssueCommand();
            case "renew" -> new RenewCommand();
            case "list" -> new ListCommand().spec();
            case "show" -> new ShowCommand();
            case "why" -> new WhyCommand();
            case "bind" -> new BindCommand();
            case "rollback" -> new RollbackCommand();
            case "retire" -> new RetireCommand();
            case "revoke" -> new RevokeCommand();
            case "config" -> new ConfigCommand();
            case "completion" -> new CompletionCommand(table::withAll);
            default -> throw new IllegalArgumentException("There is no command " + name + ".");
        };
    }

    /** The command line for these words: with the one command that they name, or with all where they name none. */
    CommandLine forWords(List<String> words) {
        String command = wordOfCommand(words);
        return names.contains(command) ? with(List.of(command)) : withAll();
    }

    /** What the words tell of the command that stands among them; whether they make sense is seen later. */
    Optional<House.Expected> expectedOf(List<String> words) {
        String command = wordOfCommand(words);
        return names.contains(command)
                ? settingsOf(words).map(settings -> new House.Expected(settings, readsRecord(command, words)))
                : Optional.empty();
    }

    /** Who asks for help alone waits for no database. */
    private static boolean readsRecord(String command, List<String> words) {
        return READERS_OF_THE_RECORD.contains(command) && !words.contains("--help") && !words.contains("-h");
    }

    private static Optional<Path> settingsOf(List<String> words) {
        String named = RootCommand.STANDARD_SETTINGS;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(CONFIG) && i + 1 < words.size()) {
                named = words.get(i + 1);
            } else if (words.get(i).startsWith(CONFIG + "=")) {
                named = words.get(i).substring(CONFIG.length() + 1);
            }
        }
        try {
            return Optional.of(Path.of(named));
        } catch (InvalidPathException refused) {
            return Optional.empty();
        }
    }

    /** The command line with every command, for help and completion. */
    CommandLine withAll() {
        return with(names);
    }

    private CommandLine with(List<String> wanted) {
        CommandLine line = new CommandLine(new RootCommand().spec());
        for (String name : wanted) {
            line.addSubcommand(name, commands.apply(name, this));
        }
        return line.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String wordOfCommand(List<String> words) {
        boolean isValue = false;
        for (String word : words) {
            if (!isValue && !word.startsWith("-")) {
                return word;
            }
            isValue = word.equals(CONFIG);
        }
        return "";
    }
}
