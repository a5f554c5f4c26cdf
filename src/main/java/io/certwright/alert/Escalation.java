package io.certwright.alert;

import io.certwright.config.ConfigMapping;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who is told besides the usual recipients once something is as severe as this, whatever it is about. */
public record Escalation(Map<AlertSeverity, List<Recipient>> from) {
    /** Nobody besides. */
    public static final Escalation NOBODY = new Escalation(Map.of());

    public Escalation {
        from = Map.copyOf(from);
    }

    /** Reads {@code escalate} within {@code alerts}: lists of addresses under {@code warning}, {@code urgent} and {@code critical}. */
    static Optional<Escalation> read(ConfigMapping alerts) {
        ConfigMapping section = alerts.section("escalate");
        Map<AlertSeverity, List<Recipient>> from = new EnumMap<>(AlertSeverity.class);
        for (AlertSeverity severity : List.of(AlertSeverity.WARNING, AlertSeverity.URGENT, AlertSeverity.CRITICAL)) {
            List<Recipient> named = section.values(severity.name().toLowerCase(Locale.ROOT), Recipient::parse);
            if (!named.isEmpty()) {
                from.put(severity, named);
            }
        }
        return section.build(() -> new Escalation(from));
    }

    /** Each once. A recovery goes to those who heard of the trouble, and to nobody besides. */
    List<Recipient> besides(Alert alert) {
        TreeSet<Recipient> besides = new TreeSet<>();
        from.forEach((severity, recipients) -> {
            if (alert.severity().isAtLeast(severity)) {
                besides.addAll(recipients);
            }
        });
        return List.copyOf(besides);
    }
}
