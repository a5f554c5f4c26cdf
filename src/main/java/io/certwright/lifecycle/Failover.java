package io.certwright.lifecycle;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * When a certificate's second issuer takes over from the first, and when it hands back. It takes over where the first was out of reach
 * at its last attempt and the certificate in use is so near its end that the story would just have time for another CA; each issuer
 * has renewals, keys and requests of its own.
 */
final class Failover {
    /** Kinds that say that a CA cannot be had now, whatever it would answer. */
    private static final Set<String> OUT_OF_REACH =
            Set.of(FailureKind.UNREACHABLE.name(), FailureKind.THROTTLED.name());

    private static final Set<String> SAID_NO = Set.of("Rejected", RenewalOutcome.DeniedByCa.WORD);

    /** The second issuer gets so many attempts before the first has its turn again. */
    private static final int ATTEMPTS_OF_THE_SECOND = 3;

    private static final int LOOKED_BACK = 50;

    private final RenewalRepository renewals;
    private final CertificateRepository certificates;
    private final PlannedUse plannedUse;

    Failover(RenewalRepository renewals, CertificateRepository certificates, PlannedUse plannedUse) {
        this.renewals = renewals;
        this.certificates = certificates;
        this.plannedUse = plannedUse;
    }

    /** Another issuer is asked from now on, and why. */
    record Change(IssuerName to, String why) {}

    /** Whether the open renewal is to give way to one at the other issuer. */
    Optional<Change> changeOf(Renewal open, ManagedCertificate wish, Instant now) throws LifecycleException {
        if (open.standing().isEmpty()) {
            return Optional.empty();
        }
        Renewal.Standing standing = open.standing().get();
        Optional<Instant> at = changesAt(open, wish, standing);
        return at.filter(instant -> !instant.isAfter(now)).map(instant -> change(open, wish, standing));
    }

    /** When a renewal that stands so gives way, where nothing happens before; a look at that moment is what it takes. */
    Optional<Instant> lookAt(Renewal open, ManagedCertificate wish, Renewal.Standing standing)
            throws LifecycleException {
        if (!wish.issuer().equals(open.issuer()) || !standing.failureKind().equals(FailureKind.UNREACHABLE.name())) {
            return changesAt(open, wish, standing);
        }
        // The first is asked once more at that moment, before another one is.
        Optional<Instant> near = takesOverFrom(wish).filter(from -> from.isAfter(standing.at()));
        return near.isPresent() && isOutOfReach(open, wish, standing) ? near : changesAt(open, wish, standing);
    }

    private Optional<Instant> changesAt(Renewal open, ManagedCertificate wish, Renewal.Standing standing)
            throws LifecycleException {
        if (wish.fallback().isEmpty() || (open.issued().isPresent() && !isRefused(standing))) {
            return Optional.empty();
        }
        return open.issuer().equals(wish.issuer()) ? takeover(open, wish, standing) : handBack(open, standing);
    }

    private Optional<Instant> takeover(Renewal open, ManagedCertificate wish, Renewal.Standing standing)
            throws LifecycleException {
        Optional<Instant> from = takesOverFrom(wish);
        if (from.isEmpty() || !isOutOfReach(open, wish, standing) || secondSaidNo(wish)) {
            return Optional.empty();
        }
        boolean askedNearTheEnd = !standing.at().isBefore(from.get());
        boolean askedEnough = askedNearTheEnd || !standing.failureKind().equals(FailureKind.UNREACHABLE.name());
        return askedEnough ? Optional.of(later(from.get(), settledAt(open, standing))) : Optional.empty();
    }

    /** A no of the second is not the end: the first may be back. */
    private Optional<Instant> handBack(Renewal open, Renewal.Standing standing) {
        if (isRefused(standing)) {
            return Optional.of(standing.at());
        }
        return standing.outcome().equals(RenewalOutcome.Failed.class.getSimpleName())
                        && standing.failures() >= ATTEMPTS_OF_THE_SECOND
                ? Optional.of(settledAt(open, standing))
                : Optional.empty();
    }

    private static boolean isRefused(Renewal.Standing standing) {
        return SAID_NO.contains(standing.outcome());
    }

    /** A host that does not answer while its key is made says nothing of the CA. */
    private static boolean isOutOfReach(Renewal open, ManagedCertificate wish, Renewal.Standing standing) {
        boolean askedAtAll =
                wish.origin() == KeyOrigin.SERVICE || open.keyReady().isPresent();
        return askedAtAll && (OUT_OF_REACH.contains(standing.failureKind()) || open.isAnswerLostForGood());
    }

    /** An answer that may still come is waited for. */
    private static Instant settledAt(Renewal open, Renewal.Standing standing) {
        return open.requested()
                .map(asked -> asked.at().plus(Issuing.LONGEST_ASK))
                .filter(settled -> settled.isAfter(standing.at()))
                .orElse(standing.at());
    }

    /** Empty where there is nothing whose end could be near. */
    private Optional<Instant> takesOverFrom(ManagedCertificate wish) throws LifecycleException {
        Optional<StoredCertificate> inUse =
                wish.fallback().isEmpty() ? Optional.empty() : certificates.findInUse(wish.name());
        return inUse.map(
                current -> current.revokedAt().orElseGet(() -> Due.latestStart(current, plannedUse.leadOf(wish))));
    }

    private boolean secondSaidNo(ManagedCertificate wish) throws LifecycleException {
        Instant since = certificates
                .findInUse(wish.name())
                .flatMap(StoredCertificate::inUseSince)
                .orElse(Instant.EPOCH);
        return renewals.listLatest(wish.name(), LOOKED_BACK).stream()
                .filter(renewal ->
                        wish.fallback().filter(renewal.issuer()::equals).isPresent())
                .filter(renewal -> renewal.openedAt().isAfter(since))
                .anyMatch(renewal ->
                        renewal.standing().filter(Failover::isRefused).isPresent());
    }

    private static Change change(Renewal open, ManagedCertificate wish, Renewal.Standing standing) {
        boolean takesOver = open.issuer().equals(wish.issuer());
        IssuerName to = takesOver ? wish.fallback().orElseThrow() : wish.issuer();
        String unknown = open.requested().isPresent() && !isRefused(standing)
                ? "; what " + open.issuer() + " issued for it is unknown, look there for certificates for "
                        + wish.names() + " and revoke what is not needed"
                : "";
        String why = takesOver
                ? "issuer " + open.issuer() + " is out of reach and the end is near, so " + to + " is asked"
                : "issuer " + open.issuer() + " gave nothing, so " + to + " is asked again";
        return new Change(to, why + ": " + standing.sentence() + unknown);
    }

    /** As which outcome the renewal that gives way is recorded: a no stays a no. */
    static String wordFor(Renewal open) {
        return open.standing()
                .filter(Failover::isRefused)
                .map(Renewal.Standing::outcome)
                .orElse(RenewalOutcome.Superseded.class.getSimpleName());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
