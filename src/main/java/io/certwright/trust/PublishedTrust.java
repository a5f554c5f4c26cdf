package io.certwright.trust;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The fact that a bundle was published for a group, and from when on clients are taken to have it.
 *
 * @param bundleDigest {@link TrustBundle#digest()}
 * @param publishedAt when the package was complete at its place
 * @param effectiveFrom from when on servers may depend on it; moves to an earlier time when a person confirms
 * @param reason why from then, as a sentence
 * @param location the folder of the package
 * @param manifestSha256 of its {@code manifest.json}, upper-case hex: who compares it knows that every file is ours
 */
public record PublishedTrust(
        ClientGroupName group,
        String bundleDigest,
        Instant publishedAt,
        Instant effectiveFrom,
        String reason,
        String location,
        String manifestSha256) {
    public boolean isEffectiveAt(Instant instant) {
        return !instant.isBefore(effectiveFrom);
    }

    /** For sentences: to the second, for nobody waits for microseconds. */
    public String effectiveFromInWords() {
        return effectiveFrom.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    PublishedTrust with(Effectiveness effectiveness) {
        return new PublishedTrust(
                group,
                bundleDigest,
                publishedAt,
                effectiveness.from(),
                effectiveness.reason(),
                location,
                manifestSha256);
    }
}
