package io.certwright.lifecycle;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides which renewal a run works on: the open one, a new one in its place, a new one because it is due, or none. */
final class Opening {
    /** Standings that do not try again by themselves: a person who forces a renewal wants a new one. */
    private static final Set<String> STUCK = Set.of("Rejected", "DeniedByCa", "RolledBack", "RestoreFailed");

    /** Standings before anything was stored: issuing by hand would only hear the same no again. */
    private static final Set<String> SAID_NO = Set.of("Rejected", "DeniedByCa");

    private final RenewalRepository renewals;
    private final CertificateRepository certificates;
    private final DueDates dueDates;
    private final Failover failover;

    Opening(RenewalRepository renewals, CertificateRepository certificates, DueDates dueDates, Failover failover) {
        this.renewals = renewals;
        this.certificates = certificates;
        this.dueDates = dueDates;
        this.failover = failover;
    }

    /** The renewal to work on, or why there is none to work on now. */
    record Opened(Optional<Renewal> renewal, Due due) {}

    Opened resumeOrOpen(ManagedCertificate wish, Urge urge, Instant now) throws LifecycleException {
        Due due = dueDates.of(wish, now);
        Optional<Renewal> open = renewals.findOpen(wish.name());
        if (open.isPresent()) {
            return new Opened(Optional.of(resumeOrSupersede(open.get(), wish, urge, due, now)), due);
        }
        if (urge.bind()) {
            return new Opened(againForInUse(wish, now), due);
        }
        if (due.isDueAt(now)) {
            return new Opened(Optional.of(open(wish, due.reason(), now)), due);
        }
        return urge.force()
                ? new Opened(Optional.of(open(wish, RenewalReason.FORCED, now)), due)
                : new Opened(Optional.empty(), due);
    }

    Instant dueAt(ManagedCertificate wish, Instant now) throws LifecycleException {
        return dueDates.of(wish, now).at();
    }

    private Renewal resumeOrSupersede(Renewal open, ManagedCertificate wish, Urge urge, Due due, Instant now)
            throws LifecycleException {
        if (!open.wishDigest().equals(wish.wishDigest()) || !wish.mayComeFrom(open.issuer())) {
            return supersede(open, wish, due.reason(), "the wish changed", now);
        }
        if (urge.force() && (urge.stopWhenStored() ? isRefused(open) : isStuck(open))) {
            return supersede(open, wish, RenewalReason.FORCED, "a person asked for a new one", now);
        }
        if (isForAnotherRequest(open, urge)) {
            return supersede(open, wish, RenewalReason.FORCED, "a person brought another request", now);
        }
        if (isItsCertificateRevoked(open)) {
            return supersede(open, wish, RenewalReason.REVOKED, "its certificate is revoked", now);
        }
        Optional<Failover.Change> change = failover.changeOf(open, wish, now);
        return change.isPresent() ? changeIssuer(open, wish, change.get(), now) : open;
    }

    /** Not where a person has brought a better answer since. */
    private static boolean isRefused(Renewal open) {
        return open.standing()
                .filter(standing -> SAID_NO.contains(standing.outcome()) || open.isAnswerLostForGood())
                .filter(standing -> open.issuedAt()
                        .filter(received -> received.isAfter(standing.at()))
                        .isEmpty())
                .isPresent();
    }

    private static boolean isStuck(Renewal open) {
        return open.standing()
                .filter(standing ->
                        STUCK.contains(standing.outcome()) || !standing.plan().isEmpty() || open.isAnswerLostForGood())
                .isPresent();
    }

    private Renewal supersede(Renewal open, ManagedCertificate wish, RenewalReason reason, String why, Instant now)
            throws LifecycleException {
        RenewalOutcome superseded = new RenewalOutcome.Superseded("superseded: " + why);
        renewals.record(open, new Fact.Abandoned(superseded.word(), superseded.sentence(), now));
        return open(wish, reason, now);
    }

    /** With an intent of its own: no request is ever sent to two CAs. */
    private Renewal changeIssuer(Renewal open, ManagedCertificate wish, Failover.Change change, Instant now)
            throws LifecycleException {
        renewals.record(open, new Fact.Abandoned(Failover.wordFor(open), "superseded: " + change.why(), now));
        return open(wish, change.to(), open.reason(), now);
    }

    private static boolean isForAnotherRequest(Renewal open, Urge urge) {
        return urge.request().isPresent()
                && open.keyReady()
                        .filter(ready -> !ready.csr().equals(urge.request().get()))
                        .isPresent();
    }

    private boolean isItsCertificateRevoked(Renewal open) throws LifecycleException {
        return open.issued().isPresent()
                && certificates
                        .find(open.issued().get())
                        .filter(StoredCertificate::isRevoked)
                        .isPresent();
    }

    private Renewal open(ManagedCertificate wish, RenewalReason reason, Instant now) throws LifecycleException {
        return open(wish, wish.issuer(), reason, now);
    }

    private Renewal open(ManagedCertificate wish, IssuerName issuer, RenewalReason reason, Instant now)
            throws LifecycleException {
        return renewals.open(Renewal.opened(UUID.randomUUID(), wish.name(), reason, issuer, wish.wishDigest(), now));
    }

    /** Binding by hand without an open renewal: the certificate in use once more, wherever it is not bound yet. */
    private Optional<Renewal> againForInUse(ManagedCertificate wish, Instant now) throws LifecycleException {
        Optional<StoredCertificate> inUse = certificates.findInUse(wish.name());
        if (inUse.isEmpty()) {
            return Optional.of(open(wish, RenewalReason.FORCED, now));
        }
        if (inUse.get().isAdopted()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "NOTHING_TO_BIND",
                    "certificate " + wish.name()
                            + ": the one in use was bound by hand and taken over, so there is none of ours to bind; \"certwright"
                            + " renew " + wish.name() + " --force\" issues one");
        }
        Renewal before = renewals.get(inUse.get().renewal());
        return Optional.of(renewals.open(before.again(UUID.randomUUID(), RenewalReason.FORCED, Optional.empty(), now)));
    }
}
