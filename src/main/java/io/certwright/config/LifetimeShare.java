package io.certwright.config;

import io.certwright.certificate.Printable;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A share of a lifetime in thousandths, 0 to 1000; people write {@code 25%} or {@code 12.5%}. */
public record LifetimeShare(int perMille) implements DurationOrShare {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(?:\\.(\\d))?\\s*%");

    public LifetimeShare {
        if (perMille < 0 || perMille > 1000) {
            throw new IllegalArgumentException("share: got " + perMille + " thousandths, wanted 0 to 1000");
        }
    }

    /**
     * A percentage with at most one decimal.
     *
     * @throws IllegalArgumentException a sentence, if it is none from 0% to 100%
     */
    public static LifetimeShare parse(String text) {
        Matcher percent = PERCENT.matcher(text.strip());
        int perMille = percent.matches() ? perMille(percent.group(1), percent.group(2)) : -1;
        if (perMille < 0 || perMille > 1000) {
            throw new IllegalArgumentException("got " + Printable.quote(text)
                    + ", wanted a share of the lifetime from 0% to 100%, such as 25% or 12.5%");
        }
        return new LifetimeShare(perMille);
    }

    private static int perMille(String whole, @org.jspecify.annotations.Nullable String tenth) {
        return Integer.parseInt(whole) * 10 + (tenth == null ? 0 : Integer.parseInt(tenth));
    }

    /** Rounded down to whole seconds. */
    @Override
    public Duration of(Duration lifetime) {
        return Duration.ofSeconds(
                lifetime.multipliedBy(perMille).dividedBy(1000).toSeconds());
    }

    @Override
    public String toString() {
        return perMille / 10 + (perMille % 10 == 0 ? "" : "." + perMille % 10) + "%";
    }
}
