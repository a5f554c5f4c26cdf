package io.certwright.trust;

import java.time.Instant;

/** From when on clients are taken to have what they were given, and why then, as a sentence for people. */
public record Effectiveness(Instant from, String reason) {
    public boolean isReachedAt(Instant instant) {
        return !instant.isBefore(from);
    }
}
