package io.certwright.alert;

import io.certwright.config.ConfigMapping;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@code alerts:} in the settings that says whom to tell and when; how it is sent is the senders' own part.
 *
 * @param to who is told everything; nobody is told while it is empty
 * @param grace how long after its planned switch-over a managed certificate may still serve before anybody is told
 * @param zone of the times that people read
 */
public record AlertSettings(List<Recipient> to, Thresholds thresholds, Duration grace, ZoneId zone) {
    private static final Duration USUAL_GRACE = Duration.ofDays(2);

    public AlertSettings {
        to = to.stream().distinct().toList();
    }

    /** Reads {@code to}, {@code thresholds}, {@code grace} and {@code zone}; empty if anything within {@code alerts} is wrong. */
    public static Optional<AlertSettings> read(ConfigMapping alerts) {
        List<Recipient> to = alerts.values("to", Recipient::parse);
        List<AlertThreshold> thresholds = alerts.values("thresholds", AlertThreshold::parse);
        Duration grace = alerts.duration("grace", USUAL_GRACE);
        ZoneId zone = alerts.value("zone", ZoneId::of).orElseGet(ZoneId::systemDefault);
        if (alerts.has("mail") && !alerts.has("to")) {
            alerts.fault("to is missing, wanted at least one mail address, because mail is set up");
        }
        Optional<Thresholds> chosen = thresholds(alerts, thresholds);
        return alerts.build(() -> new AlertSettings(to, chosen.orElseGet(Thresholds::standard), grace, zone));
    }

    private static Optional<Thresholds> thresholds(ConfigMapping alerts, List<AlertThreshold> read) {
        if (!alerts.has("thresholds")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Thresholds(read));
        } catch (IllegalArgumentException refused) {
            alerts.fault("thresholds", String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }
}
