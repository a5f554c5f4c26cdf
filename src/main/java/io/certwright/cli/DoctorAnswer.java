package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.doctor.Diagnosis;
import io.certwright.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line for each check; below it what was found, each with its fix. */
record DoctorAnswer(List<Diagnosis> diagnoses) implements Answer {
    private static final int LONGEST = 2_000;

    @Override
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        for (Diagnosis diagnosis : diagnoses) {
            Tone tone = tone(diagnosis.state());
            lines.add(tone.paint(String.format(Locale.ROOT, "%-7s", word(diagnosis.state())), colours) + "  "
                    + diagnosis.sentence());
            for (Finding finding : diagnosis.findings()) {
                lines.add("         " + Printable.escape(finding.sentence(), LONGEST));
                lines.add("         fix: " + Printable.escape(finding.fix(), LONGEST));
            }
        }
        return lines;
    }

    private static String word(Diagnosis.State state) {
        return switch (state) {
            case WELL -> "ok";
            case WARNING -> "warning";
            case WRONG -> "wrong";
            case NOT_LOOKED_AT -> "unknown";
        };
    }

    private static Tone tone(Diagnosis.State state) {
        return switch (state) {
            case WELL -> Tone.GOOD;
            case WARNING, NOT_LOOKED_AT -> Tone.WARNING;
            case WRONG -> Tone.BAD;
        };
    }

    @Override
    public void write(JsonObject json) {
        json.put("healthy", diagnoses.stream().noneMatch(Diagnosis::isTrouble))
                .putObjects("checks", diagnoses, DoctorAnswer::write);
    }

    private static void write(JsonObject json, Diagnosis diagnosis) {
        json.put("name", diagnosis.check())
                .put("state", diagnosis.state())
                .put("message", diagnosis.sentence())
                .putObjects(
                        "findings",
                        diagnosis.findings(),
                        (object, finding) -> object.put("severity", finding.gravity())
                                .put("message", finding.sentence())
                                .put("fix", finding.fix()));
    }
}
