package io.certwright.config;

import java.time.Duration;

/** A span of time as settings give it where a lifetime is at hand: fixed ({@code 30d}) or a share of the lifetime ({@code 25%}). */
public sealed interface DurationOrShare permits FixedDuration, LifetimeShare {

    /** How long that is for something that lives for {@code lifetime}. */
    Duration of(Duration lifetime);

    /**
     * Either as people write it.
     *
     * @throws IllegalArgumentException a sentence, if it is neither
     */
    static DurationOrShare parse(String text) {
        return text.strip().endsWith("%") ? LifetimeShare.parse(text) : new FixedDuration(DurationText.parse(text));
    }
}
