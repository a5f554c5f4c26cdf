package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.setup.Draft;
import io.certwright.setup.FirstSettings;
import io.certwright.setup.NewSettings;
import io.certwright.setup.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code init}: settings where there are none, from answers that are tried before they are written. */
@Command(
        name = "init",
        description = {
            "Asks for a server, a CA and recipients, tries each, and writes the settings; says the same as one command without questions.",
            "Nobody is asked with --ca or --json, or where no person is at a terminal. Nothing is written that did not work, or over another file."
        },
        sortOptions = false)
final class InitCommand implements CommandBody {
    @Mixin
    private InitOptions options = new InitOptions();

    @Option(names = "--untested", description = "Write without trying host, CA and mail.")
    private boolean untested;

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        NewSettings file = rooms.newSettings();
        if (file.isThere()) {
            throw new WrongUsage(
                    "init: there are settings already in " + file.file()
                            + ", and nothing was changed; edit them, take in more servers with \"certwright adopt\", or name another file with --config.");
        }
        FirstSettings given = options.settings(file);
        InitTrials trials = new InitTrials(screen);
        boolean asks =
                !options.areEnough() && !screen.isJson() && rooms.surroundings().isInteractive();
        if (!asks && !options.areEnough()) {
            throw new WrongUsage(
                    "init: nobody can be asked here, wanted at least --ca TYPE; \"certwright init --help\" shows what else"
                            + " may be given, and at a terminal it is asked for.");
        }
        Done done = asks
                ? asked(new InitDialogue(screen, rooms.surroundings(), file, trials, untested), given)
                : unattended(file, given, trials);
        file.write(done.draft());
        List<String> words = InitWords.of(
                file.file(), done.settings(), untested || !trials.failures().isEmpty());
        screen.answer(answer(file, done, trials, words, rooms.surroundings().isOnWindows()));
        return ExitCode.DONE;
    }

    private record Done(FirstSettings settings, Draft draft) {}

    private static Done asked(InitDialogue dialogue, FirstSettings given)
            throws LifecycleException, InterruptedException {
        FirstSettings settings = dialogue.ask(given);
        return new Done(settings, dialogue.draft(settings));
    }

    private Done unattended(NewSettings file, FirstSettings given, InitTrials trials) throws LifecycleException {
        Draft draft = new Draft(text(given), Map.of());
        List<String> faults = new ArrayList<>(file.faults(draft));
        given.host()
                .filter(host -> !host.answers().has("transport"))
                .ifPresent(host -> faults.add("hosts." + host.name()
                        + ".transport: is missing, wanted --transport ssh, local, runbook or simulated"));
        if (!faults.isEmpty()) {
            throw new WrongUsage(
                    "init: nothing was written, because the settings would be wrong; keys below hosts come from --host-set,"
                            + " below issuers from --ca-set, below alerts.mail from --mail-set, below client-groups from --client-set:\n  "
                            + String.join("\n  ", faults));
        }
        if (!untested) {
            NewSettings.Trial trial = file.trial(draft);
            for (TriedPart part : TriedPart.values()) {
                trials.isPassed(part, trial);
            }
            trials.requirePassed();
        }
        return new Done(given, draft);
    }

    private static String text(FirstSettings given) {
        try {
            return given.text();
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage("init: " + wrong.getMessage() + ".");
        }
    }

    private static Answer answer(NewSettings file, Done done, InitTrials trials, List<String> words, boolean windows) {
        List<String> lines = new ArrayList<>(List.of(file.file() + " written"));
        done.draft().typed().keySet().stream()
                .sorted()
                .forEach(secret -> lines.add(file.file().resolveSibling(secret) + " written, readable by you alone"));
        List<String> next = next(InitWords.start(file.file()), done.settings());
        next.forEach(step -> lines.add("next: " + step));
        Map<String, String> commands = ShellWords.of(windows, words);
        commands.forEach((shell, command) ->
                lines.add("the same as one command" + (shell.isEmpty() ? "" : " of " + shell) + ": " + command));
        if (commands.isEmpty()) {
            lines.add(
                    "the same as one command cannot be written here: a value has signs that the shell does not hand on");
        }
        return Answer.of(
                lines,
                json -> json.put("file", file.file().toString())
                        .putObjects("tests", trials.results(), InitTrials.Tried::write)
                        .putIfPresent("command", commands.values().stream().findFirst())
                        .putTexts("words", words)
                        .putTexts("next", next));
    }

    private static List<String> next(String start, FirstSettings settings) {
        return settings.host()
                .map(Part::name)
                .map(host -> List.of(
                        "\"" + start + " scan " + host + "\" shows what is bound there",
                        "\"" + start + " adopt " + host
                                + "\" takes what is bound by hand into the settings and changes nothing there"))
                .orElse(
                        List.of(
                                "\"" + start
                                        + " adopt SERVER:PORT\" takes what any server presents into the settings; or write a certificate under certificates"));
    }
}
