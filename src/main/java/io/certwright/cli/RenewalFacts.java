package io.certwright.cli;

import io.certwright.lifecycle.record.Renewal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The facts of a renewal with their times, in the order of the story. */
final class RenewalFacts {
    private RenewalFacts() {}

    /** One fact in words. */
    record At(String word, Instant at) {}

    static List<At> of(Renewal renewal) {
        List<At> facts = new ArrayList<>();
        facts.add(new At("opened", renewal.openedAt()));
        add(facts, "key ready", renewal.keyReady().map(Renewal.KeyReady::at));
        add(facts, "requested", renewal.requested().map(Renewal.Requested::at));
        add(facts, "pending since", renewal.pending().map(Renewal.AtCa::since));
        add(facts, "issued", renewal.issuedAt());
        add(facts, "checked", renewal.checkedAt());
        add(facts, "stored", renewal.storedAt());
        add(facts, "trust published", renewal.trustPublishedAt());
        add(facts, "bound", renewal.boundAt());
        add(facts, "verified", renewal.verifiedAt());
        add(facts, "closed", renewal.closedAt());
        return facts;
    }

    static void write(JsonObject json, Renewal renewal) {
        json.put("reason", renewal.reason())
                .put("issuer", renewal.issuer().value())
                .put("stage", renewal.stage())
                .put("openedAt", renewal.openedAt())
                .putIfPresent("keyReadyAt", renewal.keyReady().map(Renewal.KeyReady::at))
                .putIfPresent("requestedAt", renewal.requested().map(Renewal.Requested::at))
                .putIfPresent("pendingSince", renewal.pending().map(Renewal.AtCa::since))
                .putIfPresent("issuedAt", renewal.issuedAt())
                .putIfPresent("checkedAt", renewal.checkedAt())
                .putIfPresent("storedAt", renewal.storedAt())
                .putIfPresent("trustPublishedAt", renewal.trustPublishedAt())
                .putIfPresent("boundAt", renewal.boundAt())
                .putIfPresent("verifiedAt", renewal.verifiedAt())
                .putIfPresent("closedAt", renewal.closedAt())
                .putIfPresent("sha256", renewal.issued().map(issued -> issued.hex()))
                .putIfPresent("outcome", renewal.standing().map(Renewal.Standing::outcome))
                .putIfPresent("message", renewal.standing().map(Renewal.Standing::sentence));
    }

    private static void add(List<At> facts, String word, Optional<Instant> at) {
        at.ifPresent(instant -> facts.add(new At(word, instant)));
    }
}
