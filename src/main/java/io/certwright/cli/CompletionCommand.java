package io.certwright.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion bash|powershell}: the script that lets a shell complete our commands and options. */
@Command(
        name = "completion",
        description = {
            "Prints the script that completes commands and options in a shell.",
            "bash: source <(certwright completion bash)",
            "powershell: certwright completion powershell | Out-String | Invoke-Expression"
        })
final class CompletionCommand implements CommandBody {
    private final Supplier<CommandLine> commands;

    @Parameters(index = "0", paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    /** Named as people type them. */
    enum Shell {
        bash,
        powershell
    }

    CompletionCommand(Supplier<CommandLine> commands) {
        this.commands = commands;
    }

    @Override
    public ExitCode run(Screen screen, Rooms rooms) {
        String script = switch (shell) {
            case bash -> AutoComplete.bash("certwright", commands.get());
            case powershell -> PowerShellCompletion.script(commands.get());
        };
        Consumer<JsonObject> fields = json -> json.put("shell", shell).put("script", script);
        screen.answer(Answer.of(script, fields));
        return ExitCode.DONE;
    }
}
