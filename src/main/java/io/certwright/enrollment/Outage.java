package io.certwright.enrollment;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a CA has been out of reach.
 *
 * @param failures in a row to reach it; none where it was reached last
 * @param since when the first of them was
 * @param until nobody asks before
 * @param words what the last of them said
 */
public record Outage(int failures, Instant since, Instant until, String words) {
    static final Outage NONE = new Outage(0, Instant.EPOCH, Instant.EPOCH, "");

    /** One reset connection is no outage. */
    static final int FAILURES_TO_OPEN = 3;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) (\\S+) (\\S+) (.*)", Pattern.DOTALL);
    private static final int LONGEST_WORDS = 500;

    Outage andFailed(String lastWords, Instant at, Duration rest) {
        String shown = lastWords.substring(0, Math.min(lastWords.length(), LONGEST_WORDS));
        return new Outage(Math.min(failures + 1, 1_000_000), failures == 0 ? at : since, at.plus(rest), shown);
    }

    Outage restingUntil(Instant instant) {
        return new Outage(failures, since, instant, words);
    }

    /** Whether the CA is left alone, but for who finds out whether it is back. */
    boolean isOpen() {
        return failures >= FAILURES_TO_OPEN;
    }

    boolean restsAt(Instant now) {
        return isOpen() && now.isBefore(until);
    }

    /** After the name of the issuer: {@code was out of reach 3 times in a row since …}. */
    public String sentence() {
        return "was out of reach " + failures + " times in a row since " + since + " (" + words
                + ") and is asked again from " + until + " on";
    }

    byte[] encode() {
        return (failures + " " + since + " " + until + " " + words).getBytes(StandardCharsets.UTF_8);
    }

    /** What does not parse counts as no outage: at worst the CA is asked. */
    static Outage decode(byte[] value) {
        Matcher parts = FORM.matcher(new String(value, StandardCharsets.UTF_8));
        try {
            return parts.matches()
                    ? new Outage(
                            Integer.parseInt(parts.group(1)),
                            Instant.parse(parts.group(2)),
                            Instant.parse(parts.group(3)),
                            parts.group(4))
                    : NONE;
        } catch (DateTimeException damaged) {
            return NONE;
        }
    }
}
