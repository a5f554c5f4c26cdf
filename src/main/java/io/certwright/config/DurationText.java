package io.certwright.config;

import io.certwright.certificate.Printable;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write a duration: {@code 30d}, {@code 12h}, {@code 1d 12h 30m}. A day is 24 hours, whatever the calendar does. */
public final class DurationText {
    private static final Pattern PARTS = Pattern.compile(
            "(?:(\\d{1,9})w)?\\s*(?:(\\d{1,9})d)?\\s*(?:(\\d{1,9})h)?\\s*" + "(?:(\\d{1,9})m)?\\s*(?:(\\d{1,9})s)?");
    private static final long[] SECONDS_OF_PART = {604_800, 86_400, 3_600, 60, 1};
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private DurationText() {}

    /**
     * Weeks, days, hours, minutes and seconds, each at most once and in this order, together or apart.
     *
     * @throws IllegalArgumentException a sentence, if it is no such text or more than 100 years
     */
    public static Duration parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (text.isBlank() || !parts.matches()) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(text) + ", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h");
        }
        long seconds = 0;
        for (int part = 0; part < SECONDS_OF_PART.length; part++) {
            String digits = parts.group(part + 1);
            seconds += digits == null ? 0 : Long.parseLong(digits) * SECONDS_OF_PART[part];
        }
        Duration duration = Duration.ofSeconds(seconds);
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("got " + Printable.quote(text) + ", wanted at most 36525d (100 years)");
        }
        return duration;
    }

    /** The same in the fewest parts, without weeks: {@code 1d 12h}; {@code 0s} for none. Fractions of a second are left out. */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), 'd');
        append(text, duration.toHoursPart(), 'h');
        append(text, duration.toMinutesPart(), 'm');
        append(text, duration.toSecondsPart(), 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long count, char unit) {
        if (count != 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(unit);
        }
    }
}
