package io.certwright.cli;

import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certificate and how it stands after a command.
 *
 * @param outcome empty where nothing was run, because an earlier run is not to be repeated yet
 */
record Told(ManagedCertificate wish, String word, String sentence, ExitCode exit, Optional<RenewalOutcome> outcome) {
    static Told of(ManagedCertificate wish, RenewalOutcome outcome) {
        return new Told(wish, outcome.word(), outcome.sentence(), Outcomes.exitOf(outcome), Optional.of(outcome));
    }

    /** An open renewal that is left alone for now. */
    static Told resting(ManagedCertificate wish, Renewal.Standing standing) {
        String goesOn = standing.nextAttemptAt()
                .map(next -> "goes on " + LocalTimes.here().moment(next))
                .orElse("goes on when a person acts");
        return new Told(
                wish,
                standing.outcome(),
                standing.sentence() + "; " + goesOn,
                Outcomes.exitOf(standing),
                Optional.empty());
    }

    Told ending(ExitCode other, String otherSentence) {
        return new Told(wish, word, otherSentence, other, outcome);
    }

    /** For a person: the outcome's sentence, and each violation with its fix. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(wish.name() + "  " + sentence);
        if (outcome.isPresent() && outcome.get() instanceof RenewalOutcome.Rejected rejected) {
            rejected.violations().forEach(violation -> lines.add("  " + violation.code() + ": " + violation.fix()));
        }
        return lines;
    }

    /** What a command for one certificate answers. */
    Answer answer(Instant now) {
        return Answer.of(
                lines(), json -> json.putObjects("certificates", List.of(this), (each, told) -> told.write(each, now)));
    }

    void write(JsonObject json, Instant now) {
        json.put("name", wish.name().value());
        CertificateFields.names(json, wish.names());
        json.put("issuer", wish.issuer().value());
        if (outcome.isPresent() && outcome.get() instanceof RenewalOutcome.Renewed renewed) {
            CertificateFields.certificate(json, renewed.certificate(), now);
        }
        json.put("lastOutcome", word).put("message", sentence);
        outcome.ifPresent(ended -> CertificateFields.outcome(json, ended));
    }
}
