package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that does what a test wants. */
@Command(name = "renew", description = "Runs the story.")
final class ScriptedCommand implements CommandBody {
    private final CommandBody script;

    @Option(names = "--force", description = "Though not due.")
    boolean force;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which certificates.")
    List<String> names = List.of();

    ScriptedCommand(CommandBody script) {
        this.script = script;
    }

    /** A table with this one command, {@code renew}, and the group {@code trust} that holds {@code trust export}. */
    static CommandTable table(CommandBody script) {
        return new CommandTable(
                List.of("renew", "trust"),
                (name, table) -> name.equals("renew") ? new ScriptedCommand(script) : new TrustGroup());
    }

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        return script.run(screen, rooms);
    }

    @Command(name = "trust", subcommands = ExportCommand.class)
    static final class TrustGroup {}

    @Command(name = "export")
    static final class ExportCommand implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) {
            screen.answer(Answer.of("exported", json -> json.put("exported", true)));
            return ExitCode.DONE;
        }
    }
}
