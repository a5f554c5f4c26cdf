package io.certwright.cli;

import io.certwright.config.Fault;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code config check} and {@code config show}: the settings file, without starting anything. */
@Command(
        name = "config",
        description = "Checks and shows the settings.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class})
final class ConfigCommand {
    /** All faults at once. */
    @Command(name = "check", description = "Names every fault in the settings with file, line and column.")
    static final class Check implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) {
            SettingsReport report = rooms.settings();
            List<String> lines = new ArrayList<>();
            report.faults().forEach(fault -> lines.add(fault.toString()));
            lines.add(verdict(report));
            screen.answer(Answer.of(
                    lines,
                    json -> json.put("file", report.file().toString())
                            .putObjects("faults", report.faults(), Check::write)));
            return report.faults().isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USAGE;
        }

        private static String verdict(SettingsReport report) {
            int faults = report.faults().size();
            return report.file() + ": " + (faults == 0 ? "no faults" : faults == 1 ? "1 fault" : faults + " faults");
        }

        private static void write(JsonObject json, Fault fault) {
            json.put("file", fault.at().file())
                    .put("line", fault.at().line())
                    .put("column", fault.at().column())
                    .put("message", fault.sentence());
        }
    }

    /** What is in effect. */
    @Command(name = "show", description = "Shows the settings in effect with their defaults, secrets masked.")
    static final class Show implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) {
            SettingsReport report = rooms.settings().requireSound();
            screen.answer(Answer.of(
                    report.yaml().stripTrailing(),
                    json -> json.put("file", report.file().toString()).putTree("settings", report.tree())));
            return ExitCode.DONE;
        }
    }
}
