package io.certwright.alert;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** One mail to one recipient: the most severe alert first. The id names the mail for good, however often it has to be sent. */
public record Digest(UUID id, Recipient to, List<Alert> alerts) {
    private static final Comparator<Alert> MOST_SEVERE_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Alert::at)
            .thenComparing(alert -> alert.key().subject());

    public Digest {
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("digest to " + to + ": got no alert, wanted at least one");
        }
        alerts = alerts.stream().sorted(MOST_SEVERE_FIRST).toList();
    }

    /** The same with all times in words of the reader's zone. */
    public Digest in(TimeWords times) {
        return new Digest(id, to, alerts.stream().map(alert -> alert.in(times)).toList());
    }

    /** The first alert's sentence, and how many more there are. */
    public String subject() {
        String first = alerts.get(0).sentence();
        return alerts.size() == 1 ? first : first + " (and " + (alerts.size() - 1) + " more)";
    }

    public AlertSeverity severity() {
        return alerts.get(0).severity();
    }
}
