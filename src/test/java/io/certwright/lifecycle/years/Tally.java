package io.certwright.lifecycle.years;

import io.certwright.failure.FailureKind;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import java.util.Map;
import java.util.TreeMap;

/** What happened, counted. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void count(RenewalOutcome outcome) {
        count("outcome " + outcome.word());
        if (outcome instanceof RenewalOutcome.Failed failed) {
            count(of(failed.cause().kind()));
        }
        if (outcome instanceof RenewalOutcome.Waiting waiting) {
            count(of(waiting.hold().kind()));
        }
    }

    static String of(FailureKind kind) {
        return "failure " + kind;
    }

    static String of(HoldKind kind) {
        return "hold " + kind;
    }

    int get(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((what, count) -> text.append(String.format("%n  %-28s %6d", what, count)));
        return text.toString();
    }
}
