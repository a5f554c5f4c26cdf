package io.certwright.cli;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.OutboxEntry;
import java.util.List;
import java.util.Locale;

/** The open alerts, one row for each person who is told. */
record AlertsAnswer(List<OutboxEntry> open, LocalTimes times) implements Answer {
    @Override
    public List<String> lines(boolean colours) {
        if (open.isEmpty()) {
            return List.of("no open alerts");
        }
        Table table = Table.of("ID", "SEVERITY", "TO", "MAIL", "ALERT");
        for (OutboxEntry entry : open) {
            Alert alert = entry.alert();
            table.row(
                    entry.id(),
                    new Cell(alert.severity().name().toLowerCase(Locale.ROOT), tone(alert.severity())),
                    entry.to(),
                    mail(entry),
                    alert.sentence());
        }
        return table.lines(colours);
    }

    private static Tone tone(AlertSeverity severity) {
        return switch (severity) {
            case NOTE -> Tone.PLAIN;
            case WARNING -> Tone.WARNING;
            case URGENT, CRITICAL -> Tone.BAD;
        };
    }

    private String mail(OutboxEntry entry) {
        if (entry.deliveredAt().isPresent()) {
            return "sent " + times.moment(entry.deliveredAt().get());
        }
        String failed = entry.lastFailure().map(why -> " (" + why + ")").orElse("");
        return entry.nextTry().map(next -> "due " + times.moment(next)).orElse("given up") + failed;
    }

    @Override
    public void write(JsonObject json) {
        json.putObjects("alerts", open, AlertsAnswer::write);
    }

    private static void write(JsonObject json, OutboxEntry entry) {
        Alert alert = entry.alert();
        json.put("id", entry.id())
                .put("subject", alert.key().subject())
                .put("thumbprint", alert.key().thumbprint())
                .put("kind", alert.key().kind())
                .put("stage", alert.key().stage())
                .put("severity", alert.severity())
                .put("message", alert.sentence())
                .put("to", entry.to().address())
                .put("noticedAt", alert.at())
                .put("attempts", entry.attempts())
                .put("givenUp", entry.isGivenUp())
                .putIfPresent("nextTry", entry.nextTry())
                .putIfPresent("lastFailure", entry.lastFailure())
                .putIfPresent("deliveredAt", entry.deliveredAt());
    }
}
