package io.certwright.alert;

import io.certwright.config.ConfigMapping;
import io.certwright.config.WeeklyTimes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@code alerts:} that says how alerts reach people beyond the usual way.
 *
 * @param quiet when people get urgent mail only
 * @param escalation who hears of what is severe, besides the usual recipients
 * @param heartbeat how long a service may go without a look at its certificates before the channels are told directly
 */
public record DeliverySettings(QuietHours quiet, Escalation escalation, Duration heartbeat) {
    private static final Duration USUAL_HEARTBEAT = Duration.ofHours(6);
    private static final Duration SHORTEST_HEARTBEAT = Duration.ofHours(1);

    public DeliverySettings {
        if (heartbeat.compareTo(SHORTEST_HEARTBEAT) < 0) {
            throw new IllegalArgumentException(
                    "heartbeat: got " + heartbeat + ", wanted at least 1h, for looks come every 15 minutes");
        }
    }

    /** Mail at any hour, to the usual recipients alone. */
    public static DeliverySettings usual() {
        return new DeliverySettings(QuietHours.NEVER, Escalation.NOBODY, USUAL_HEARTBEAT);
    }

    /** Reads {@code quiet}, {@code escalate} and {@code heartbeat}; the caller ends the reading of {@code alerts}. */
    static Optional<DeliverySettings> read(ConfigMapping alerts, ZoneId zone) {
        List<WeeklyTimes> quiet = alerts.values("quiet", text -> QuietHours.span(text, zone));
        Optional<Escalation> escalation = Escalation.read(alerts);
        Duration heartbeat = alerts.duration("heartbeat", USUAL_HEARTBEAT);
        if (heartbeat.compareTo(SHORTEST_HEARTBEAT) < 0) {
            alerts.fault("heartbeat", "got less than an hour, wanted at least 1h, for looks come every 15 minutes");
            return Optional.empty();
        }
        return escalation.map(besides -> new DeliverySettings(new QuietHours(quiet), besides, heartbeat));
    }
}
