package io.certwright.trust;

import java.time.Instant;

/**
 * One certificate that clients of a group were given and still are.
 *
 * @param publishedAt when it first stood in the package
 * @param effectiveFrom from when on every client is taken to have it; not before {@code publishedAt}
 * @param reason why from then, as a clause
 */
public record GivenCertificate(TrustEntry entry, Instant publishedAt, Instant effectiveFrom, String reason) {
    public GivenCertificate {
        if (effectiveFrom.isBefore(publishedAt)) {
            throw new IllegalArgumentException("given certificate: " + entry.describe() + " is effective from "
                    + effectiveFrom + ", wanted no time before its publication at " + publishedAt);
        }
    }

    /** Under the label that the package has for it now. */
    GivenCertificate labelled(TrustEntry same) {
        return new GivenCertificate(same, publishedAt, effectiveFrom, reason);
    }

    /** What is effective already keeps its time, and what was published after {@code at} was not what the person meant. */
    GivenCertificate confirmed(String person, Instant at) {
        boolean meant = effectiveFrom.isAfter(at) && !publishedAt.isAfter(at);
        return meant ? new GivenCertificate(entry, publishedAt, at, "confirmed by " + person) : this;
    }
}
