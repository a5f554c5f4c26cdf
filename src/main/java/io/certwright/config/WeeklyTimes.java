package io.certwright.config;

import io.certwright.certificate.Printable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hours of the week: on some days from one local time to another in a named zone, past midnight where the end
 * is not after the start. {@code Sun 02:00-05:00 Europe/Berlin}, {@code Sat,Sun 22:00-04:00 UTC}, {@code daily 01:00-03:00 UTC}.
 *
 * <p>Local times follow the wall clock: a time in the hour that a clock change skips begins when that hour would have begun,
 * one in the hour that comes twice begins at its first coming ({@link ZonedDateTime}).
 */
public record WeeklyTimes(Set<DayOfWeek> days, LocalTime opens, LocalTime closes, ZoneId zone) {
    private static final Pattern SHAPE =
            Pattern.compile("(daily|[A-Za-z]{3}(?:,[A-Za-z]{3})*) ([0-2]\\d:[0-5]\\d)-([0-2]\\d:[0-5]\\d) (\\S+)");

    public WeeklyTimes {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("weekly times: got no day, wanted at least one");
        }
        days = Set.copyOf(days);
    }

    /**
     * Reads {@code DAYS HH:MM-HH:MM ZONE}.
     *
     * @param what they are, for the sentence that refuses a text
     */
    public static WeeklyTimes parse(String what, String text) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches()) {
            throw wrong(what, text);
        }
        try {
            return new WeeklyTimes(
                    daysOf(parts.group(1)),
                    LocalTime.parse(parts.group(2)),
                    LocalTime.parse(parts.group(3)),
                    ZoneId.of(parts.group(4)));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            throw wrong(what, text);
        }
    }

    public boolean isOpenAt(Instant instant) {
        LocalDate today = instant.atZone(zone).toLocalDate();
        return List.of(today.minusDays(1), today).stream()
                .filter(day -> days.contains(day.getDayOfWeek()))
                .anyMatch(day -> !instant.isBefore(openingOn(day)) && instant.isBefore(closingOn(day)));
    }

    /** {@code instant} itself where the window is open then, else when it opens next. */
    public Instant nextOpeningFrom(Instant instant) {
        if (isOpenAt(instant)) {
            return instant;
        }
        LocalDate today = instant.atZone(zone).toLocalDate();
        for (int ahead = 0; ahead <= 8; ahead++) {
            LocalDate day = today.plusDays(ahead);
            Instant opening = openingOn(day);
            if (days.contains(day.getDayOfWeek()) && opening.isAfter(instant)) {
                return opening;
            }
        }
        throw new IllegalStateException("weekly times begin within nine days: " + this);
    }

    /** The longest time it stays closed, to be reckoned with before a certificate ends; a clock change adds up to an hour. */
    public Duration longestGap() {
        int[] sorted = days.stream().mapToInt(DayOfWeek::getValue).sorted().toArray();
        int longest = sorted[0] + 7 - sorted[sorted.length - 1];
        for (int i = 1; i < sorted.length; i++) {
            longest = Math.max(longest, sorted[i] - sorted[i - 1]);
        }
        return Duration.ofDays(longest).minus(length()).plusHours(1);
    }

    private Duration length() {
        Duration length = Duration.between(opens, closes);
        return closes.isAfter(opens) ? length : length.plusDays(1);
    }

    private Instant openingOn(LocalDate day) {
        return ZonedDateTime.of(day, opens, zone).toInstant();
    }

    private Instant closingOn(LocalDate day) {
        LocalDate last = closes.isAfter(opens) ? day : day.plusDays(1);
        return ZonedDateTime.of(last, closes, zone).toInstant();
    }

    private static Set<DayOfWeek> daysOf(String text) {
        if (text.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        return Arrays.stream(text.split(","))
                .map(WeeklyTimes::dayOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    }

    private static DayOfWeek dayOf(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no day of the week: " + Printable.quote(text)));
    }

    private static IllegalArgumentException wrong(String what, String text) {
        return new IllegalArgumentException(
                what + ": got " + Printable.quote(text)
                        + ", wanted days, times and a zone such as \"Sun 02:00-05:00 Europe/Berlin\" or \"daily 01:00-03:00 UTC\"");
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String shown = days.size() == 7
                ? "daily"
                : days.stream()
                        .sorted()
                        .map(day -> day.name().charAt(0)
                                + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
        return shown + " " + opens + "-" + closes + " " + zone;
    }
}
