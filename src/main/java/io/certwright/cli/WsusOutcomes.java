package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusOutcome;
import io.certwright.wsus.WsusServer;
import java.util.ArrayList;
import java.util.List;

/** What came of {@code wsus apply} or {@code wsus undo}, server by server: word, sentence, what was done, exit code. */
final class WsusOutcomes implements Answer {
    private final List<Line> lines = new ArrayList<>();

    private record Line(WsusServer server, String word, String sentence, List<String> steps, ExitCode exit) {}

    /** A server that was come to an end with. */
    void add(WsusServer server, WsusOutcome outcome) {
        lines.add(line(server, outcome));
    }

    /** A server that could not be worked on. */
    void add(WsusServer server, LifecycleException failed) {
        lines.add(new Line(server, "Failed", failed.getMessage(), List.of(), ExitCode.of(failed)));
    }

    /** Whether the climb may go on to the next level. */
    boolean goesOn() {
        return lines.stream().allMatch(line -> line.exit() == ExitCode.DONE);
    }

    ExitCode exit() {
        return ExitCode.mostUrgent(lines.stream().map(Line::exit).toList());
    }

    private static Line line(WsusServer server, WsusOutcome outcome) {
        List<String> steps = outcome.sentences();
        if (outcome instanceof WsusOutcome.Held held) {
            return new Line(server, outcome.word(), "waits: " + held.hold().sentence(), steps, ExitCode.WAITING);
        }
        if (outcome instanceof WsusOutcome.RolledBack back) {
            return new Line(server, outcome.word(), "put back: " + back.reason(), steps, ExitCode.RESTORED);
        }
        if (outcome instanceof WsusOutcome.RestoreFailed lost) {
            return new Line(server, outcome.word(), "act now: " + lost.reason(), steps, ExitCode.RESTORE_FAILED);
        }
        if (outcome instanceof WsusOutcome.Undone) {
            return new Line(server, outcome.word(), "back to how it was", steps, ExitCode.DONE);
        }
        if (outcome instanceof WsusOutcome.Planned) {
            return new Line(server, outcome.word(), "nothing was changed", steps, ExitCode.DONE);
        }
        String sentence = steps.isEmpty() ? "nothing to do" : "done and proven";
        return new Line(server, outcome.word(), sentence, steps, ExitCode.DONE);
    }

    @Override
    public List<String> lines(boolean colours) {
        List<String> shown = new ArrayList<>();
        for (Line line : lines) {
            shown.add(line.server().host() + "  " + line.sentence());
            line.steps().forEach(step -> shown.add("  " + step));
        }
        return shown;
    }

    @Override
    public void write(JsonObject json) {
        json.putObjects(
                "servers",
                lines,
                (object, line) -> object.put("host", line.server().host().value())
                        .put("outcome", line.word())
                        .put("message", line.sentence())
                        .putTexts("steps", line.steps()));
    }
}
