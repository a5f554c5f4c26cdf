package io.certwright.lifecycle;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Works out when a certificate is to be looked at next, and writes it where the planner reads it. */
public final class NextLook {
    /** One that is still bound when its overlap is over is not looked at every minute. */
    private static final Duration RETIRE_AGAIN = Duration.ofHours(1);

    private final Wishes wishes;
    private final RenewalRepository renewals;
    private final DueDates dueDates;
    private final Retiring retiring;
    private final Looks looks;

    NextLook(Wishes wishes, RenewalRepository renewals, DueDates dueDates, Retiring retiring, Looks looks) {
        this.wishes = wishes;
        this.renewals = renewals;
        this.dueDates = dueDates;
        this.retiring = retiring;
        this.looks = looks;
    }

    /** After the settings came into force or changed: each certificate is reckoned afresh, and strangers are forgotten. */
    public void replanAll(Instant now) throws LifecycleException {
        for (ManagedCertificate wish : wishes.list()) {
            replan(wish, now);
        }
        looks.keepOnly(wishes.list().stream().map(ManagedCertificate::name).collect(Collectors.toSet()));
    }

    /** Whatever stands open or rests: something happened that cannot wait. */
    void lookNow(ManagedCertificate wish, Instant now) throws LifecycleException {
        looks.put(wish.name(), "renew", Optional.of(now));
    }

    /** What is not in the settings is looked at by nobody: it was issued by hand. */
    void replan(ManagedCertificate wish, Instant now) throws LifecycleException {
        if (wishes.find(wish.name()).isEmpty()) {
            return;
        }
        Optional<Renewal> open = renewals.findOpen(wish.name());
        if (open.isEmpty()) {
            put(wish, dueDates.of(wish, now), now);
        } else if (open.get().standing().isEmpty() || !open.get().wishDigest().equals(wish.wishDigest())) {
            looks.put(wish.name(), "resume", Optional.of(now));
        } else {
            Optional<Instant> next = open.get().standing().get().nextAttemptAt();
            looks.put(wish.name(), "retry", earlier(next, retirement(wish, now)));
        }
    }

    /** As {@link #replan} for what was renewed this moment: nothing stands open, and our checks have just accepted what is in use. */
    void replanRenewed(ManagedCertificate wish, StoredCertificate inUse, Instant now) throws LifecycleException {
        if (wishes.find(wish.name()).isPresent()) {
            put(wish, dueDates.ofAccepted(wish, inUse, now), now);
        }
    }

    private void put(ManagedCertificate wish, Due due, Instant now) throws LifecycleException {
        Optional<Instant> at = earlier(Optional.of(due.at()), retirement(wish, now));
        looks.put(wish.name(), at.filter(due.at()::equals).isPresent() ? "renew" : "retire", at, Optional.of(due));
    }

    private Optional<Instant> retirement(ManagedCertificate wish, Instant now) throws LifecycleException {
        return retiring.nextRetirement(wish).map(at -> at.isAfter(now) ? at : now.plus(RETIRE_AGAIN));
    }

    /** How the open renewal stands, where it is to be left alone for now: it goes on later, or only when a person acts. */
    public Optional<Renewal.Standing> findResting(ManagedCertificate wish, Instant now) throws LifecycleException {
        return renewals.findOpen(wish.name())
                .filter(open -> open.wishDigest().equals(wish.wishDigest()))
                .flatMap(Renewal::standing)
                .filter(standing -> standing.nextAttemptAt()
                        .filter(next -> !next.isAfter(now))
                        .isEmpty());
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
    }
}
