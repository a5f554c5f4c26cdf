package io.certwright.alert;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people read them, in one zone: {@code Sat 5 Dec 2026} and {@code Sat 5 Dec 2026, 11:00 CET}. */
public final class TimeWords {
    private static final Pattern UTC_MOMENT =
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z\\b");

    private final DateTimeFormatter day;
    private final DateTimeFormatter moment;

    public TimeWords(ZoneId zone) {
        day = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH).withZone(zone);
        moment = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm z", Locale.ENGLISH)
                .withZone(zone);
    }

    public String day(Instant instant) {
        return day.format(instant);
    }

    public String moment(Instant instant) {
        return moment.format(instant);
    }

    /** The same text with each moment written as RFC 3339 in UTC, as much of Certwright does, in words of this zone instead. */
    String localized(String text) {
        return UTC_MOMENT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(worded(found.group())));
    }

    /** What only looks like a moment stays as it is. */
    private String worded(String text) {
        try {
            return moment(Instant.parse(text));
        } catch (DateTimeException none) {
            return text;
        }
    }

    /** {@code 13 days}, below two days {@code 26 hours}, below two hours {@code 40 minutes}; rounded down, the sign dropped. */
    public static String span(Duration duration) {
        Duration length = duration.abs();
        if (length.toHours() >= 48) {
            return count(length.toDays(), "day");
        }
        return length.toMinutes() >= 120 ? count(length.toHours(), "hour") : count(length.toMinutes(), "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
