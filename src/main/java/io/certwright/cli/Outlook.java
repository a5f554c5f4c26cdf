package io.certwright.cli;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Due;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What will become of one certificate, and why.
 *
 * @param due reckoned now; empty for one issued by hand, which nothing renews by itself
 */
record Outlook(
        ManagedCertificate wish,
        Optional<Due> due,
        Optional<StoredCertificate> inUse,
        Optional<Renewal> open,
        Optional<Renewal> latest,
        Instant now) {
    private static final String WAITING = "waiting: ";

    static Outlook of(Rooms rooms, ManagedCertificate wish) throws LifecycleException {
        Instant now = rooms.clock().instant();
        boolean managed = rooms.wishes().find(wish.name()).isPresent();
        Optional<Renewal> open = rooms.renewals().findOpen(wish.name());
        return new Outlook(
                wish,
                managed ? Optional.of(rooms.story().dueDates().of(wish, now)) : Optional.empty(),
                rooms.certificates().findInUse(wish.name()),
                open,
                open.isPresent() ? open : rooms.renewals().findLatest(wish.name()),
                now);
    }

    List<String> lines() {
        LocalTimes times = LocalTimes.here();
        List<String> lines = new ArrayList<>();
        lines.add(wish.name() + "  " + headline(times));
        Table facts = Table.ofFacts();
        inUse.ifPresent(current -> facts.row(
                "  in use",
                current.certificate().thumbprint() + ", valid until "
                        + times.moment(current.certificate().validity().notAfter()) + ", "
                        + LocalTimes.from(now, current.certificate().validity().notAfter())
                        + inPlaceOfFirst(current.issuer())));
        open.ifPresent(renewal -> facts.row(
                "  renewal",
                "opened " + times.moment(renewal.openedAt()) + ", at stage " + renewal.stage() + ", because "
                        + renewal.reason().sentence() + inPlaceOfFirst(renewal.issuer())));
        waitingFor().ifPresent(sentence -> facts.row("  waits for", sentence));
        failed().ifPresent(standing -> facts.row(
                "  failed", times.moment(standing.at()) + ": " + standing.outcome() + ": " + standing.sentence()));
        nextTry().ifPresent(at -> facts.row("  next try", times.moment(at) + ", " + LocalTimes.from(now, at)));
        if (open.isPresent() && nextTry().isEmpty() && standing().isPresent()) {
            facts.row("  next try", "when a person acts, or the wish changes");
        }
        lines.addAll(facts.lines(false));
        return lines;
    }

    private String inPlaceOfFirst(IssuerName issuer) {
        return issuer.equals(wish.issuer()) ? "" : ", from " + issuer + " in place of " + wish.issuer();
    }

    private String headline(LocalTimes times) {
        if (open.isPresent()) {
            return progress();
        }
        if (due.isEmpty()) {
            return "is not in the settings: it was issued by hand, and nothing renews it by itself";
        }
        Due then = due.get();
        return then.isDueAt(now)
                ? "is due now: " + then.sentence()
                : "renews " + times.moment(then.at()) + ", " + LocalTimes.from(now, then.at()) + ": " + then.sentence();
    }

    private String progress() {
        if (standing().isEmpty()) {
            return "is being renewed now";
        }
        if (failed().isEmpty()) {
            return "is being renewed, and waits";
        }
        return nextTry().isPresent()
                ? "is being renewed, and will be tried again"
                : "is to be renewed, and a person must act";
    }

    private Optional<Renewal.Standing> standing() {
        return open.flatMap(Renewal::standing);
    }

    private Optional<Renewal.Standing> failed() {
        return standing().filter(standing -> !standing.outcome().equals("Waiting"));
    }

    private Optional<String> waitingFor() {
        return standing()
                .filter(standing -> standing.outcome().equals("Waiting"))
                .map(Renewal.Standing::sentence)
                .map(text -> text.startsWith(WAITING) ? text.substring(WAITING.length()) : text);
    }

    private Optional<Instant> nextTry() {
        return standing().flatMap(Renewal.Standing::nextAttemptAt);
    }

    /** The fields that every command has for this. */
    void write(JsonObject json) {
        json.put("name", wish.name().value());
        CertificateFields.names(json, wish.names());
        inUse.ifPresent(current -> CertificateFields.certificate(json, current.certificate(), now));
        json.put("issuer", wish.issuer().value()).put("managed", due.isPresent());
        latest.ifPresent(renewal -> json.put("stage", renewal.stage()));
        json.putIfPresent("dueAt", open.map(Renewal::openedAt).or(() -> due.map(Due::at)))
                .putIfPresent("dueReason", open.map(Renewal::reason).or(() -> due.map(Due::reason)))
                .putIfPresent("waitingFor", waitingFor())
                .putIfPresent("waitingUntil", nextTry())
                .putIfPresent("lastOutcome", latest.flatMap(Renewal::standing).map(Renewal.Standing::outcome))
                .putIfPresent("message", latest.flatMap(Renewal::standing).map(Renewal.Standing::sentence));
    }
}
