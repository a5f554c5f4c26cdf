package io.certwright.lifecycle;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Recipient;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.GivenCertificate;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.TrustRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that clients are to get a new trust package: what is new in it, where it lies, by when they need it, and the hash by which
 * they know it for ours. Told once for each addition; what is only taken away needs nobody.
 */
final class TrustNews {
    private static final Logger LOG = LoggerFactory.getLogger(TrustNews.class);
    /** Older packages are no news: somebody was told when they were, or Certwright did not tell of packages yet. */
    private static final Duration NEWS = Duration.ofDays(7);

    private final Wishes wishes;
    private final TrustRepository trust;
    private final AlertOutbox outbox;
    private final Clock clock;

    TrustNews(Wishes wishes, TrustRepository trust, AlertOutbox outbox, Clock clock) {
        this.wishes = wishes;
        this.trust = trust;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * After each publication, and harmless where there was none. Never throws: a mail that cannot be written stops no renewal, and the
     * next round of upkeep writes it.
     */
    void tell(ClientGroup group, List<Recipient> also) {
        try {
            tellNewest(group, also);
        } catch (LifecycleException failed) {
            LOG.warn("news of the trust package for {} could not be told: {}", group.name(), failed.getMessage());
        }
    }

    private void tellNewest(ClientGroup group, List<Recipient> also) throws LifecycleException {
        Optional<PublishedTrust> present = trust.findPresent(group.name());
        List<GivenCertificate> given = trust.getGiven(group).certificates();
        Optional<Instant> newest =
                given.stream().map(GivenCertificate::publishedAt).max(Comparator.naturalOrder());
        if (present.isEmpty()
                || newest.filter(at -> at.isAfter(clock.instant().minus(NEWS))).isEmpty()) {
            return;
        }
        List<GivenCertificate> added = given.stream()
                .filter(each -> each.publishedAt().equals(newest.get()))
                .toList();
        Alert alert = alert(group, present.get(), added, newest.get());
        for (Recipient recipient : recipients(group, also)) {
            outbox.offer(alert, recipient);
        }
    }

    /** Who hears of any certificate for these clients. */
    private List<Recipient> recipients(ClientGroup group, List<Recipient> also) {
        List<Recipient> all = wishes.list().stream()
                .filter(wish -> wish.clients().filter(group.name()::equals).isPresent())
                .map(ManagedCertificate::recipients)
                .flatMap(List::stream)
                .collect(Collectors.toList());
        all.addAll(also);
        return all.stream().distinct().toList();
    }

    private Alert alert(ClientGroup group, PublishedTrust present, List<GivenCertificate> added, Instant at) {
        Instant from = added.stream()
                .map(GivenCertificate::effectiveFrom)
                .max(Comparator.naturalOrder())
                .orElse(at);
        boolean waits = from.isAfter(clock.instant());
        String contents =
                added.stream().map(each -> "- " + each.entry().describe()).collect(Collectors.joining("\n"));
        Instant inTime = from.truncatedTo(ChronoUnit.SECONDS);
        return Alert.of(
                AlertKey.of("clients " + group.name(), AlertKind.TRUST_PUBLISHED, "added " + at),
                "clients " + group.name() + ": new trust package" + (waits ? ", import it by " + inTime : ""),
                "New in it:\n" + contents + "\nThe package lies in " + present.location()
                        + " and, from the service, at /trust/" + group.name()
                        + "/.\nSHA-256 of its manifest.json, which names every other file with its hash:\n"
                        + present.manifestSha256(),
                waits
                        ? "Servers on which these clients depend wait with what needs it until " + inTime
                                + " and then go on by themselves."
                        : "Clients that have it already, or compare nothing so far, go on as before.",
                List.of(
                        "certwright trust status " + group.name(),
                        "certwright trust confirm " + group.name(),
                        "certwright trust export " + group.name() + " --out trust"),
                clock.instant());
    }
}
