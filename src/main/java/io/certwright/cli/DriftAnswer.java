package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.wsus.WsusDrift;
import io.certwright.wsus.WsusServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Compliant}, or each drift with its fix, server by server. */
record DriftAnswer(Map<WsusServer, List<WsusDrift>> found) implements Answer {
    private static final int LONGEST = 2_000;

    DriftAnswer {
        found = new LinkedHashMap<>(found);
    }

    boolean isCompliant() {
        return found.values().stream().allMatch(List::isEmpty);
    }

    @Override
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        found.forEach((server, drifts) -> {
            String word = drifts.isEmpty()
                    ? Tone.GOOD.paint("Compliant", colours)
                    : Tone.WARNING.paint(drifts.size() + " drift" + (drifts.size() == 1 ? "" : "s"), colours);
            lines.add(server.host() + "  " + word + "  " + server.url());
            for (WsusDrift drift : drifts) {
                lines.add("  " + drift.code() + ": " + Printable.escape(drift.sentence(), LONGEST));
                lines.add("    fix: " + Printable.escape(drift.fix(), LONGEST));
            }
        });
        return lines;
    }

    @Override
    public void write(JsonObject json) {
        json.put("compliant", isCompliant())
                .putObjects(
                        "servers",
                        found.entrySet(),
                        (object, each) -> object.put(
                                        "host", each.getKey().host().value())
                                .put("url", each.getKey().url())
                                .putObjects(
                                        "drift",
                                        each.getValue(),
                                        (one, drift) -> one.put("code", drift.code())
                                                .put("message", drift.sentence())
                                                .put("fix", drift.fix())));
    }
}
