package io.certwright.cli;

import io.certwright.wsus.logs.LogVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One verdict over all logs, then a line for each of them with what to do. */
record LogAnswer(List<LogVerdict> verdicts) implements Answer {
    static ExitCode exitOf(List<LogVerdict> verdicts) {
        return switch (worst(verdicts)) {
            case GOOD -> ExitCode.DONE;
            case WAITING -> ExitCode.WAITING;
            case FAILED -> ExitCode.FINDINGS;
        };
    }

    private static LogVerdict.State worst(List<LogVerdict> verdicts) {
        return verdicts.stream().map(LogVerdict::state).max(Enum::compareTo).orElse(LogVerdict.State.WAITING);
    }

    /** What stands first in the order of the change and is not good decides; what follows it cannot be good yet. */
    private String sentence() {
        LogVerdict.State worst = worst(verdicts);
        return verdicts.stream()
                .filter(verdict -> verdict.state() == worst && worst != LogVerdict.State.GOOD)
                .findFirst()
                .map(LogVerdict::sentence)
                .orElse("The switch to TLS has run through all logs that are there.");
    }

    @Override
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence());
        for (LogVerdict verdict : verdicts) {
            String word = verdict.state().name().toLowerCase(Locale.ROOT);
            lines.add(tone(verdict.state()).paint(String.format(Locale.ROOT, "%-7s", word), colours) + "  "
                    + verdict.sentence());
            if (!verdict.fix().isEmpty()) {
                lines.add("         fix: " + verdict.fix());
            }
        }
        return lines;
    }

    private static Tone tone(LogVerdict.State state) {
        return switch (state) {
            case GOOD -> Tone.GOOD;
            case WAITING -> Tone.WARNING;
            case FAILED -> Tone.BAD;
        };
    }

    @Override
    public void write(JsonObject json) {
        json.put("verdict", worst(verdicts))
                .put("message", sentence())
                .putObjects(
                        "logs",
                        verdicts,
                        (object, verdict) -> object.put("file", verdict.file())
                                .put("state", verdict.state())
                                .put("message", verdict.sentence())
                                .put("fix", verdict.fix()));
    }
}
