package io.certwright.trust;

import io.certwright.certificate.Printable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many of a group's expected clients must have reported the package before it counts as effective: {@code 95%}. */
public record ConfirmedShare(int perMille) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]))?%");
    private static final int WHOLE = 1000;

    public ConfirmedShare {
        if (perMille < 1 || perMille > WHOLE) {
            throw new IllegalArgumentException(
                    "share of confirmed clients: got " + perMille + " per mille, wanted more than 0% and at most 100%");
        }
    }

    /** Reads {@code 95%} or {@code 97.5%}. */
    public static ConfirmedShare parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("share of confirmed clients: got " + Printable.quote(text)
                    + ", wanted a percentage such as 95% or 97.5%");
        }
        int tenths = Optional.ofNullable(matcher.group(2)).map(Integer::valueOf).orElse(0);
        return new ConfirmedShare(Integer.parseInt(matcher.group(1)) * 10 + tenths);
    }

    /** Whether {@code part} of {@code whole} are enough; never of nothing. */
    public boolean isReachedBy(int part, int whole) {
        return whole > 0 && (long) part * WHOLE >= (long) perMille * whole;
    }

    @Override
    public String toString() {
        return perMille % 10 == 0 ? perMille / 10 + "%" : perMille / 10 + "." + perMille % 10 + "%";
    }
}
