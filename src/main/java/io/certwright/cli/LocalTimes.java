package io.certwright.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people: local with offset, and spans in their two largest units. Scripts get UTC from {@link JsonObject}. */
final class LocalTimes {
    private final ZoneId zone;
    private final DateTimeFormatter moment;

    LocalTimes(ZoneId zone) {
        this.zone = zone;
        this.moment = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    /** In the zone that this machine is set to. */
    static LocalTimes here() {
        return new LocalTimes(ZoneId.systemDefault());
    }

    String day(Instant instant) {
        return LocalDate.ofInstant(instant, zone).toString();
    }

    String moment(Instant instant) {
        return moment.format(instant);
    }

    /** {@code in 52d 4h}, {@code in 3h 20m}, {@code 2d 1h ago}. */
    static String from(Instant now, Instant then) {
        Duration span = Duration.between(now, then);
        return span.isNegative() ? words(span.negated()) + " ago" : "in " + words(span);
    }

    private static String words(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + "d " + span.toHoursPart() + "h";
        }
        return span.toHours() > 0 ? span.toHours() + "h " + span.toMinutesPart() + "m" : span.toMinutes() + "m";
    }
}
