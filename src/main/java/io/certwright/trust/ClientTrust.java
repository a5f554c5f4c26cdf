package io.certwright.trust;

import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Gives clients what they need, and remembers since when they have it. First the package, then the record: after a crash between
 * the two, doing it again writes no byte and records it.
 */
public final class ClientTrust {
    private final TrustRepository repository;
    private final TrustPublisher publisher;
    private final Clock clock;

    public ClientTrust(TrustRepository repository, TrustPublisher publisher, Clock clock) {
        this.repository = repository;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Publishes what the next certificate needs beside all that the group has, and says from when on clients have what
     * <em>this</em> certificate needs: what else waits in the package does not delay it.
     *
     * @param needed its remarks are those of all servers of the group now; earlier ones are over
     * @param presented the leaves that the servers of the group present now; pinning clients lose a server whose leaf is missing
     */
    public PublishedTrust ensurePublished(TrustBundle needed, List<Pin> presented, Audience audience)
            throws LifecycleException {
        Optional<PublishedTrust> present = findPublished(needed, presented, audience);
        if (present.isPresent()) {
            return present.get();
        }
        return repository.exclusively(needed.group().name(), () -> {
            GivenTrust before = repository.getGiven(needed.group());
            return publish(before, nextOf(before, needed, presented), needed, audience);
        });
    }

    /** Most renewals bring clients nothing new; these need no turn at the group's package. */
    private Optional<PublishedTrust> findPublished(TrustBundle needed, List<Pin> presented, Audience audience)
            throws LifecycleException {
        GivenTrust given = repository.getGiven(needed.group());
        TrustBundle next = nextOf(given, needed, presented);
        Optional<PublishedTrust> present = repository
                .findPresent(needed.group().name())
                .filter(published -> published.bundleDigest().equals(next.digest()));
        if (present.isEmpty() || publisher.find(next).isEmpty()) {
            return Optional.empty();
        }
        return present.map(published -> published.with(given.effectivenessOf(needed, audience, now())));
    }

    private static TrustBundle nextOf(GivenTrust given, TrustBundle needed, List<Pin> presented) {
        return given.bundle()
                .union(needed)
                .union(TrustBundle.ofPins(needed.group(), presented))
                .remarking(needed.remarks());
    }

    /** No finer than the store keeps, so that what was recorded and what is read again are the same instant. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** From when on clients would have what {@code needed} brings if it were published now; changes nothing. */
    public Effectiveness preview(TrustBundle needed, Audience audience) throws LifecycleException {
        GivenTrust given = repository.getGiven(needed.group());
        Instant now = now();
        return given.after(given.bundle().union(needed), now).effectivenessOf(needed, audience, now);
    }

    /** Takes an old pin out of the package; the clients that took it keep it, where it does no harm. */
    public PublishedTrust ensureWithdrawn(ClientGroup group, Pin old) throws LifecycleException {
        return repository.exclusively(group.name(), () -> {
            GivenTrust before = repository.getGiven(group);
            TrustBundle next = before.bundle().without(old);
            return publish(before, next, next, Audience.CLIENTS);
        });
    }

    /**
     * A person says that all clients have the present package, so that all of it is effective now. What is effective already
     * keeps its time. Empty when the group has no package yet.
     */
    public Optional<PublishedTrust> confirm(ClientGroup group, String person) throws LifecycleException {
        if (person.isBlank() || person.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("confirmation for client group " + group.name() + ": got person "
                    + Printable.quote(person) + ", wanted the name of who vouches for it");
        }
        return repository.exclusively(group.name(), () -> {
            if (repository.findPresent(group.name()).isEmpty()) {
                return Optional.empty();
            }
            Instant now = now();
            GivenTrust confirmed = repository.getGiven(group).confirmed(person, now);
            Instant from = confirmed
                    .effectivenessOf(confirmed.bundle(), Audience.CLIENTS, now)
                    .from();
            Effectiveness whole = new Effectiveness(from, "confirmed by " + person);
            return Optional.of(repository.recordConfirmed(confirmed, whole, person, now));
        });
    }

    private PublishedTrust publish(GivenTrust before, TrustBundle next, TrustBundle needed, Audience audience)
            throws LifecycleException {
        PublishedPackage where = publisher.publish(next);
        Instant now = now();
        GivenTrust after = before.after(next, now);
        Effectiveness whole = after.effectivenessOf(next, Audience.CLIENTS, now);
        return repository.record(after, where, now, whole).with(after.effectivenessOf(needed, audience, now));
    }
}
