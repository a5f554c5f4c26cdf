package io.certwright.doctor;

import io.certwright.doctor.Finding.Gravity;
import java.util.List;

/**
 * What one check came to.
 *
 * @param sentence in general: what was looked at, or why it could not be
 */
public record Diagnosis(String check, State state, String sentence, List<Finding> findings) {
    /** All is well, a warning, something is wrong, or it could not be looked at because something else is wrong. */
    public enum State {
        WELL,
        WARNING,
        WRONG,
        NOT_LOOKED_AT
    }

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    static Diagnosis of(Check check, List<Finding> findings) {
        State state = findings.isEmpty()
                ? State.WELL
                : findings.stream().anyMatch(found -> found.gravity() == Gravity.WRONG) ? State.WRONG : State.WARNING;
        return new Diagnosis(check.name(), state, check.subject(), findings);
    }

    static Diagnosis notLookedAt(Check check, String because) {
        String sentence = check.subject() + ": not looked at, because the check \"" + because + "\" says what is wrong";
        return new Diagnosis(check.name(), State.NOT_LOOKED_AT, sentence, List.of());
    }

    /** Warnings are no trouble. */
    public boolean isTrouble() {
        return state == State.WRONG || state == State.NOT_LOOKED_AT;
    }
}
