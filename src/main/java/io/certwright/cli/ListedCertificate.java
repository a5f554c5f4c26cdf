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

/** One line of the list: what the settings wish for and what the record holds, at least one of them. */
record ListedCertificate(CertificateName name, Optional<ManagedCertificate> wish, Optional<InventoryLine> recorded) {
    private static final String WAITING = "waiting: ";
    private static final int LONGEST_WAITING = 60;

    /** In the order of the settings, where these are still the names that the record knows. */
    private SubjectAlternativeNames names() {
        Optional<String> digest = recorded.map(InventoryLine::wishDigest);
        Optional<SubjectAlternativeNames> wished = wish.map(ManagedCertificate::names);
        if (digest.isEmpty() || (wished.isPresent() && AdHoc.isFor(wished.get(), digest.get()))) {
            return wished.orElseThrow();
        }
        return AdHoc.namesIn(digest.get());
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
        return recorded.map(InventoryLine::wishDigest)
                .map(AdHoc::issuerIn)
                .or(() -> wish.map(ManagedCertificate::issuer))
                .orElseThrow();
    }

    private Optional<InventoryLine.InUse> inUse() {
        return recorded.flatMap(InventoryLine::inUse);
    }

    private Optional<InventoryLine.Open> open() {
        return recorded.flatMap(InventoryLine::open);
    }

    Cell expires(Instant now) {
        return inUse().map(current -> current.validity().notAfter())
                .map(end -> new Cell(LocalTimes.from(now, end), now.isAfter(end) ? Tone.BAD : Tone.PLAIN))
                .orElseGet(() -> new Cell("-", Tone.FAINT));
    }

    /** What has an open renewal has been due since that was opened; what has no certificate is due now. */
    private Optional<Instant> dueAt() {
        return open().map(InventoryLine.Open::openedAt)
                .or(() -> recorded.flatMap(InventoryLine::due).map(InventoryLine.DueThen::at));
    }

    private Optional<String> dueReason() {
        return open().map(renewal -> renewal.reason().name())
                .or(() -> recorded.flatMap(InventoryLine::due)
                        .map(due -> due.reason().name()));
    }

    Cell due(Instant now, LocalTimes times) {
        if (wish.isEmpty()) {
            return new Cell("by hand", Tone.FAINT);
        }
        return dueAt().filter(now::isBefore)
                .map(at -> Cell.of(times.day(at)))
                .orElseGet(() -> new Cell("now", Tone.WARNING));
    }

    Cell state(Instant now) {
        if (inUse().filter(InventoryLine.InUse::revoked).isPresent()) {
            return new Cell("revoked", Tone.BAD);
        }
        if (inUse().filter(current -> current.validity().isExpiredAt(now)).isPresent()) {
            return new Cell("expired", Tone.BAD);
        }
        if (open().isPresent()) {
            return new Cell("renewing, " + stage(), Tone.WARNING);
        }
        return inUse().isPresent() ? new Cell("in use", Tone.GOOD) : new Cell("none yet", Tone.WARNING);
    }

    private String stage() {
        return recorded.orElseThrow().stage().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Optional<String> waitingFor() {
        return open().flatMap(InventoryLine.Open::sentence)
                .map(text -> text.startsWith(WAITING) ? text.substring(WAITING.length()) : text);
    }

    String waitingInShort() {
        return waitingFor()
                .map(text -> text.length() > LONGEST_WAITING ? text.substring(0, LONGEST_WAITING - 1) + "…" : text)
                .orElse("");
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
