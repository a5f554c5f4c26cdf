package io.certwright.config;

import java.time.Duration;

/** The same span of time, whatever the lifetime. */
public record FixedDuration(Duration duration) implements DurationOrShare {
    public FixedDuration {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: got " + duration + ", wanted none below zero");
        }
    }

    @Override
    public Duration of(Duration lifetime) {
        return duration;
    }

    @Override
    public String toString() {
        return DurationText.format(duration);
    }
}
