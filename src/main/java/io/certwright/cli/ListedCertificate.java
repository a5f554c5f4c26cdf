package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.record.InventoryLine;
import io.certwright.lifecycle.wish.AdHoc;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the list: what the settings wish for and what the record holds, at least one of them. Asks plainly and not by functions: of a
 * thousand lines each question is asked a thousand times, in a process that is over before it is compiled.
 */
record ListedCertificate(CertificateName name, Optional<ManagedCertificate> wish, Optional<InventoryLine> recorded) {
    private static final String WAITING = "waiting: ";
    private static final int LONGEST_WAITING = 60;

    /** In the order of the settings, where these are still the names that the record knows. */
    private SubjectAlternativeNames names() {
        if (recorded.isEmpty()) {
            return wish.orElseThrow().names();
        }
        String digest = recorded.get().wishDigest();
        return wish.isPresent() && AdHoc.isFor(wish.get().names(), digest)
                ? wish.get().names()
                : AdHoc.namesIn(digest);
    }

    /** The first name and how many more there are. */
    String namesInShort() {
        SubjectAlternativeNames names = names();
        int more = names.dns().size() + names.ips().size() - 1;
        if (more < 0) {
            return "";
        }
        Object first = names.dns().isEmpty() ? names.ips().get(0) : names.dns().get(0);
        return first + (more > 0 ? " +" + more : "");
    }

    IssuerName issuer() {
        return recorded.isPresent()
                ? AdHoc.issuerIn(recorded.get().wishDigest())
                : wish.orElseThrow().issuer();
    }

    private Optional<InventoryLine.InUse> inUse() {
        return recorded.isPresent() ? recorded.get().inUse() : Optional.empty();
    }

    private Optional<InventoryLine.Open> open() {
        return recorded.isPresent() ? recorded.get().open() : Optional.empty();
    }

    Cell expires(Instant now) {
        Optional<InventoryLine.InUse> current = inUse();
        if (current.isEmpty()) {
            return new Cell("-", Tone.FAINT);
        }
        Instant end = current.get().validity().notAfter();
        return new Cell(LocalTimes.from(now, end), now.isAfter(end) ? Tone.BAD : Tone.PLAIN);
    }

    /** What has an open renewal has been due since that was opened; what has no certificate is due now. */
    private Optional<Instant> dueAt() {
        Optional<InventoryLine.Open> open = open();
        return open.isPresent()
                ? Optional.of(open.get().openedAt())
                : recordedDue().map(InventoryLine.DueThen::at);
    }

    private Optional<String> dueReason() {
        Optional<InventoryLine.Open> open = open();
        return open.isPresent()
                ? Optional.of(open.get().reason().name())
                : recordedDue().map(due -> due.reason().name());
    }

    private Optional<InventoryLine.DueThen> recordedDue() {
        return recorded.isPresent() ? recorded.get().due() : Optional.empty();
    }

    Cell due(Instant now, LocalTimes times) {
        if (wish.isEmpty()) {
            return new Cell("by hand", Tone.FAINT);
        }
        Optional<Instant> due = dueAt();
        return due.isPresent() && now.isBefore(due.get())
                ? Cell.of(times.day(due.get()))
                : new Cell("now", Tone.WARNING);
    }

    Cell state(Instant now) {
        Optional<InventoryLine.InUse> current = inUse();
        if (current.isPresent() && current.get().revoked()) {
            return new Cell("revoked", Tone.BAD);
        }
        if (current.isPresent() && current.get().validity().isExpiredAt(now)) {
            return new Cell("expired", Tone.BAD);
        }
        if (open().isPresent()) {
            return new Cell("renewing, " + stage(), Tone.WARNING);
        }
        return current.isPresent() ? new Cell("in use", Tone.GOOD) : new Cell("none yet", Tone.WARNING);
    }

    private String stage() {
        return recorded.orElseThrow().stage().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Optional<String> waitingFor() {
        return open().flatMap(InventoryLine.Open::sentence)
                .map(text -> text.startsWith(WAITING) ? text.substring(WAITING.length()) : text);
    }

    String waitingInShort() {
        String text = open().isPresent() ? waitingFor().orElse("") : "";
        return text.length() > LONGEST_WAITING ? text.substring(0, LONGEST_WAITING - 1) + "…" : text;
    }

    void write(JsonObject json, Instant now) {
        json.put("name", name.value());
        CertificateFields.names(json, names());
        inUse().ifPresent(current -> {
            json.put("serial", current.serial().hex())
                    .put("thumbprint", current.thumbprint().hex())
                    .put("sha256", current.sha256().hex());
            CertificateFields.validity(json, current.validity(), now);
            json.put("revoked", current.revoked());
        });
        json.put("issuer", issuer().value()).put("managed", wish.isPresent());
        recorded.ifPresent(line -> json.put("stage", line.stage()));
        json.putIfPresent("dueAt", dueAt())
                .putIfPresent("dueReason", dueReason())
                .putIfPresent("waitingFor", waitingFor())
                .putIfPresent("waitingUntil", open().flatMap(InventoryLine.Open::nextAttemptAt))
                .putIfPresent("lastOutcome", recorded.flatMap(InventoryLine::lastOutcome))
                .putTexts("bindings", wish.map(ManagedCertificate::bindings).orElse(List.of()));
    }
}
