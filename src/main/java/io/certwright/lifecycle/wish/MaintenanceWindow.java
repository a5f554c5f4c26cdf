package io.certwright.lifecycle.wish;

import io.certwright.config.WeeklyTimes;
import java.time.Duration;
import java.time.Instant;

/**
 * When a host may be changed: {@code Sun 02:00-05:00 Europe/Berlin}, {@code Sat,Sun 22:00-04:00 UTC}, {@code daily 01:00-03:00 UTC}.
 */
public record MaintenanceWindow(WeeklyTimes times) {
    /** Reads {@code DAYS HH:MM-HH:MM ZONE}. */
    public static MaintenanceWindow parse(String text) {
        return new MaintenanceWindow(WeeklyTimes.parse("maintenance window", text));
    }

    public boolean isOpenAt(Instant instant) {
        return times.isOpenAt(instant);
    }

    /** {@code instant} itself where the window is open then, else when it opens next. */
    public Instant nextOpeningFrom(Instant instant) {
        return times.nextOpeningFrom(instant);
    }

    /** The longest time it stays closed, to be reckoned with before a certificate ends; a clock change adds up to an hour. */
    public Duration longestGap() {
        return times.longestGap();
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return times.toString();
    }
}
