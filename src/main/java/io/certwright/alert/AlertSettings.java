package io.certwright.alert;

import io.certwright.config.ConfigMapping;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of {@code alerts:} in the settings that says whom to tell and when; how it is sent is the senders' own part.
 *
 * @param to who is told everything; nobody is told while it is empty
 * @param grace how long after its planned switch-over a managed certificate may still serve before anybody is told
 * @param zone of the times that people read
 * @param delivery quiet hours, who hears of what is severe, and the heartbeat
 */
public record AlertSettings(
        List<Recipient> to, Thresholds thresholds, Duration grace, ZoneId zone, DeliverySettings delivery) {
    private static final Duration USUAL_GRACE = Duration.ofDays(2);

    public AlertSettings {
        to = to.stream().distinct().toList();
    }

    /** Delivered in the usual way. */
    public AlertSettings(List<Recipient> to, Thresholds thresholds, Duration grace, ZoneId zone) {
        this(to, thresholds, grace, zone, DeliverySettings.usual());
    }

    /** With one more recipient of everything. */
    public AlertSettings andTelling(Recipient another) {
        List<Recipient> all = Stream.concat(to.stream(), Stream.of(another)).toList();
        return new AlertSettings(all, thresholds, grace, zone, delivery);
    }

    /** Reads {@code to}, {@code thresholds}, {@code grace}, {@code zone} and what {@link DeliverySettings} reads; empty if anything within {@code alerts} is wrong. */
    public static Optional<AlertSettings> read(ConfigMapping alerts) {
        List<Recipient> to = alerts.values("to", Recipient::parse);
        List<AlertThreshold> thresholds = alerts.values("thresholds", AlertThreshold::parse);
        Duration grace = alerts.duration("grace", USUAL_GRACE);
        ZoneId zone = alerts.value("zone", ZoneId::of).orElseGet(ZoneId::systemDefault);
        if (alerts.has("mail") && !alerts.has("to")) {
            alerts.fault("to is missing, wanted at least one mail address, because mail is set up");
        }
        Optional<DeliverySettings> delivery = DeliverySettings.read(alerts, zone);
        Optional<Thresholds> chosen = thresholds(alerts, thresholds);
        return alerts.build(() ->
                new AlertSettings(to, chosen.orElseGet(Thresholds::standard), grace, zone, delivery.orElseThrow()));
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
