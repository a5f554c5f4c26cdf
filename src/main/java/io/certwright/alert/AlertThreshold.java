package io.certwright.alert;

import io.certwright.certificate.Printable;
import io.certwright.certificate.ValidityPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a certificate's time is left when people are told: a duration, or a share of its lifetime. */
public sealed interface AlertThreshold {
    /** When a certificate with this validity crosses the threshold; at that instant it counts as crossed. */
    Instant crossedAt(ValidityPeriod validity);

    /** As people write it in the settings, {@code 30d} or {@code 25%}: the stage under which an alert is remembered. */
    String stage();

    /** {@code 30d}, {@code 12h}, {@code 90m}, combined as {@code 1d12h}, or {@code 25%} of the lifetime. */
    static AlertThreshold parse(String text) {
        Matcher share = Share.SHAPE.matcher(text);
        if (share.matches()) {
            return new Share(Integer.parseInt(share.group(1)));
        }
        Matcher left = Left.SHAPE.matcher(text);
        if (left.matches() && !text.isEmpty()) {
            return new Left(Duration.ofDays(Left.number(left.group(1)))
                    .plusHours(Left.number(left.group(2)))
                    .plusMinutes(Left.number(left.group(3))));
        }
        throw new IllegalArgumentException("alert threshold: got " + Printable.quote(text)
                + ", wanted a time before expiry such as 30d or 12h, or a share of the lifetime such as 25%");
    }

    /** A duration before {@code notAfter}: one minute to ten years, whole minutes. */
    record Left(Duration duration) implements AlertThreshold {
        private static final Pattern SHAPE = Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?");
        private static final Duration LONGEST = Duration.ofDays(3_650);

        public Left {
            if (duration.toMinutes() < 1 || duration.compareTo(LONGEST) > 0 || duration.toSecondsPart() != 0) {
                throw new IllegalArgumentException(
                        "alert threshold: got " + duration + ", wanted one minute to 3650 days, in whole minutes");
            }
        }

        private static long number(@org.jspecify.annotations.Nullable String digits) {
            return digits == null ? 0 : Long.parseLong(digits);
        }

        @Override
        public Instant crossedAt(ValidityPeriod validity) {
            return validity.notAfter().minus(duration);
        }

        @Override
        public String stage() {
            return part(duration.toDays(), "d")
                    + part(duration.toHoursPart(), "h")
                    + part(duration.toMinutesPart(), "m");
        }

        private static String part(long count, String unit) {
            return count == 0 ? "" : count + unit;
        }
    }

    /** A share of the lifetime that is left, 1 to 99 percent. */
    record Share(int percent) implements AlertThreshold {
        private static final Pattern SHAPE = Pattern.compile("(\\d{1,3})%");

        public Share {
            if (percent < 1 || percent > 99) {
                throw new IllegalArgumentException(
                        "alert threshold: got " + percent + "%, wanted 1% to 99% of the lifetime");
            }
        }

        @Override
        public Instant crossedAt(ValidityPeriod validity) {
            Duration left = validity.lifetime().dividedBy(100).multipliedBy(percent);
            return validity.notAfter().minus(left);
        }

        @Override
        public String stage() {
            return percent + "%";
        }
    }
}
