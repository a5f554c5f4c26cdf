package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusOutcome;
import io.certwright.wsus.WsusServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** The first of the servers below one that is not done yet: the climb does not go past it. */
    Optional<WsusServer> findUnfinishedBelow(WsusServer server) {
        return lines.stream()
                .filter(line -> line.exit() != ExitCode.DONE)
                .map(Line::server)
                .filter(server.downstream()::contains)
                .findFirst();
    }

    /** A server whose turn has not come. */
    void addNotBegun(WsusServer server, WsusServer below) {
        String sentence = "not begun: downstream server " + below.host() + " comes first";
        lines.add(new Line(server, "Waiting", sentence, List.of(), ExitCode.WAITING));
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
