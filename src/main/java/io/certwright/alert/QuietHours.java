package io.certwright.alert;

import io.certwright.config.WeeklyTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** The hours of the week in which people get urgent mail only; the rest comes as one mail when they are over. */
public record QuietHours(List<WeeklyTimes> spans) {
    /** Any mail at any hour. */
    public static final QuietHours NEVER = new QuietHours(List.of());

    private static final Pattern WITHOUT_ZONE = Pattern.compile("\\S+ \\S+");

    public QuietHours {
        spans = List.copyOf(spans);
    }

    /** {@code daily 20:00-07:00} or {@code Sat,Sun 00:00-00:00}, with a zone of its own where it is not {@code zone}. */
    static WeeklyTimes span(String text, ZoneId zone) {
        String stripped = text.strip();
        return WeeklyTimes.parse(
                "quiet hours", WITHOUT_ZONE.matcher(stripped).matches() ? stripped + " " + zone : stripped);
    }

    boolean areAt(Instant instant) {
        return spans.stream().anyMatch(span -> span.isOpenAt(instant));
    }
}
