package io.certwright.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The clock of the other side, as its answers show it. Certificates and signed requests need both clocks to agree. */
public final class ServerClock {
    /** Less is no trouble to anybody: what CAs issue begins an hour ago. */
    private static final Duration HARMLESS = Duration.ofMinutes(5);

    private ServerClock() {}

    /**
     * A clause about a difference to a server's clock that does harm; empty where there is none, or the server does not tell its time
     * (RFC 9110, 6.6.1).
     */
    public static Optional<String> skewIn(HttpHeaders headers, Instant now) {
        return headers.firstValue("Date").flatMap(ServerClock::parsed).flatMap(theirs -> skew("its", theirs, now));
    }

    /**
     * The same for a clock that was told otherwise.
     *
     * @param whose it is: {@code the host's}
     */
    public static Optional<String> skew(String whose, Instant theirs, Instant now) {
        Duration ahead = Duration.between(now, theirs);
        return ahead.abs().compareTo(HARMLESS) > 0
                ? Optional.of(whose + " clock is " + inWords(ahead.abs())
                        + (ahead.isNegative() ? " behind" : " ahead of")
                        + " this machine's; correct the one that is wrong")
                : Optional.empty();
    }

    /** Behind a sentence, with what stands between them; nothing where there is no clause. */
    public static String appended(Optional<String> clause) {
        return clause.map(words -> "; " + words).orElse("");
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
