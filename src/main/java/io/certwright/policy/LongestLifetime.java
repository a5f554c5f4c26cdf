package io.certwright.policy;

import java.time.Duration;
import java.time.Instant;

/** How long a TLS certificate of a public CA may live, by the day on which it begins (Baseline Requirements 6.3.2, ballot SC-081v3). */
enum LongestLifetime {
    FROM_2029("2029-03-15T00:00:00Z", 47),
    FROM_2027("2027-03-15T00:00:00Z", 100),
    FROM_2026("2026-03-15T00:00:00Z", 200),
    FROM_2020("2020-09-01T00:00:00Z", 398),
    BEFORE("1950-01-01T00:00:00Z", 825);

    private final Instant from;
    private final Duration lifetime;

    LongestLifetime(String from, int days) {
        this.from = Instant.parse(from);
        this.lifetime = Duration.ofDays(days);
    }

    static Duration ofOneFrom(Instant notBefore) {
        for (LongestLifetime one : values()) {
            if (!notBefore.isBefore(one.from)) {
                return one.lifetime;
            }
        }
        return BEFORE.lifetime;
    }
}
