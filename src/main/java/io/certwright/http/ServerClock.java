package io.certwright.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The clock of a server, as its answers show it (RFC 9110, 6.6.1). Certificates and signed requests need both clocks to agree. */
public final class ServerClock {
    /** Less is no trouble to anybody: what CAs issue begins an hour ago. */
    private static final Duration HARMLESS = Duration.ofMinutes(5);

    private ServerClock() {}

    /** A clause about a difference that does harm; empty where there is none, or the server does not tell its time. */
    public static Optional<String> skewIn(HttpHeaders headers, Instant now) {
        return headers.firstValue("Date")
                .flatMap(ServerClock::parsed)
                .map(theirs -> Duration.between(now, theirs))
                .filter(ahead -> ahead.abs().compareTo(HARMLESS) > 0)
                .map(ahead -> "its clock is " + inWords(ahead.abs())
                        + (ahead.isNegative() ? " behind" : " ahead of")
                        + " this machine's; correct the one that is wrong");
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static String inWords(Duration difference) {
        if (difference.toDays() > 0) {
            return difference.toDays() + "d " + difference.toHoursPart() + "h";
        }
        return difference.toHours() > 0
                ? difference.toHours() + "h " + difference.toMinutesPart() + "m"
                : difference.toMinutes() + "m";
    }
}
