package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.TrustConfirming.Confirmed;
import io.certwright.lifecycle.TrustReporting.Reported;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientHost;
import io.certwright.trust.ClientReport;
import io.certwright.trust.Coverage;
import io.certwright.trust.ReportFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code trust import GROUP FILE}: takes what machines reported through Intune, ConfigMgr or our own script. */
@Command(
        name = "import",
        description = "Reads a report of who has the trust: CSV of Intune, of ConfigMgr or of Test-Trust.ps1.")
final class TrustImport implements CommandBody {
    private static final int LARGEST_MEGABYTES = 200;
    private static final int SHOWN = 10;

    @Parameters(index = "0", paramLabel = "GROUP", description = "The client group, as the settings name it.")
    private String group = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The reports.")
    private List<Path> files = List.of();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        ClientGroup known = Named.group(rooms, group);
        List<String> lines = new ArrayList<>();
        List<Reported> last = new ArrayList<>();
        for (Path file : files) {
            ReportFile report = read(file, rooms);
            Reported reported = rooms.story()
                    .reporting()
                    .record(known, report.reports(), String.valueOf(file.getFileName()))
                    .orElseThrow(() -> TrustCommand.nothingPublished(known));
            lines.add(file + ": " + sentence(report, reported.newer()));
            last.add(reported);
        }
        Reported all = last.get(last.size() - 1);
        lines.addAll(linesOf(all));
        screen.answer(Answer.of(lines, json -> {
            json.put("group", known.name().value());
            write(json, all);
        }));
        return ExitCode.DONE;
    }

    private static ReportFile read(Path file, Rooms rooms) {
        ReportFile report = ReportFile.parse(
                GivenFile.read("report", file, LARGEST_MEGABYTES), rooms.clock().instant());
        if (report.reports().isEmpty()) {
            throw new WrongUsage("report " + file + ": none of its rows holds a line of our detection script ("
                    + report.silent() + " rows without one, " + report.fromTheFuture()
                    + " from the future); export the column with the output of the script, too");
        }
        return report;
    }

    private static String sentence(ReportFile report, int newer) {
        String older = counted(report.reports().size() - newer, ", %s said nothing newer than what was known");
        return newer + " hosts reported" + older + counted(report.duplicates(), ", %s rows were duplicates")
                + counted(report.fromTheFuture(), ", %s came from the future (wrong clock) and do not count")
                + counted(report.silent(), ", %s rows (a header among them) hold no line of our script");
    }

    private static String counted(int count, String words) {
        return count == 0 ? "" : words.replace("%s", Integer.toString(count));
    }

    /** Who has it, who has not, and what goes on now. */
    static List<String> linesOf(Reported reported) {
        List<String> lines = new ArrayList<>(linesOf(reported.coverage()));
        reported.confirmed()
                .map(Confirmed::goingOn)
                .ifPresent(
                        names -> lines.add("that is enough: the wait is over; " + TrustCommand.Confirm.goesOn(names)));
        return lines;
    }

    static List<String> linesOf(Coverage coverage) {
        List<String> lines = new ArrayList<>(List.of(coverage.sentence()));
        coverage.lacking().stream().limit(SHOWN).map(TrustImport::lack).forEach(lines::add);
        more(coverage.lacking().size(), lines);
        addNames("never reported: ", coverage.silent(), lines);
        addNames("not expected, not counted: ", coverage.unknown(), lines);
        return lines;
    }

    private static String lack(ClientReport report) {
        String what = report.compliant() ? "has another package, " + report.packageName() : report.detail();
        return "  " + report.host() + ": " + what;
    }

    private static void addNames(String what, Collection<ClientHost> hosts, List<String> lines) {
        if (!hosts.isEmpty()) {
            String names = hosts.stream().limit(SHOWN).map(ClientHost::name).collect(Collectors.joining(", "));
            lines.add("  " + what + names + (hosts.size() > SHOWN ? " and " + (hosts.size() - SHOWN) + " more" : ""));
        }
    }

    private static void more(int count, List<String> lines) {
        if (count > SHOWN) {
            lines.add("  and " + (count - SHOWN) + " more that lack something");
        }
    }

    static void write(JsonObject json, Reported reported) {
        write(json, reported.coverage());
        json.put("confirmed", reported.confirmed().isPresent());
        json.putTexts("goingOn", reported.confirmed().map(Confirmed::goingOn).orElse(List.of()));
    }

    static void write(JsonObject json, Coverage coverage) {
        json.putTexts("having", coverage.having())
                .putTexts(
                        "lacking",
                        coverage.lacking().stream().map(ClientReport::host).toList())
                .putTexts("silent", coverage.silent())
                .putTexts("unknown", coverage.unknown())
                .put("enough", coverage.isEnough());
    }
}
