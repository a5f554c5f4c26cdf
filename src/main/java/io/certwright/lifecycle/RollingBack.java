package io.certwright.lifecycle;

import io.certwright.audit.AuditAct;
import io.certwright.binding.BindingSnapshot;
import io.certwright.binding.SnapshotRepository;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Proof;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Back to the certificate bound before, because a person says so: the bindings as the snapshot of the last switch-over has them. The
 * certificate rolled back from is kept in an open renewal, which binds it again when a person says {@code bind} or anything changes.
 */
public final class RollingBack {
    private final LifecyclePorts ports;
    private final Restoring restoring;
    private final Holding holding;
    private final OutcomeRecord outcomes;

    RollingBack(LifecyclePorts ports, Restoring restoring, Holding holding, OutcomeRecord outcomes) {
        this.ports = ports;
        this.restoring = restoring;
        this.holding = holding;
        this.outcomes = outcomes;
    }

    /**
     * {@code RolledBack} when the previous certificate is back, {@code RestoreFailed} when it is not, {@code Failed} when there is
     * none that is fit to serve: then nothing is changed.
     */
    public RenewalOutcome rollBack(CertificateName name, Narration narration) {
        try {
            ManagedCertificate wish = ports.wishes()
                    .find(name)
                    .orElseThrow(
                            () -> nothing(name, "it is not in the settings; \"certwright list\" shows those that are"));
            return rollBack(wish, narration);
        } catch (LifecycleException failed) {
            return new RenewalOutcome.Failed(failed);
        }
    }

    private RenewalOutcome rollBack(ManagedCertificate wish, Narration narration) throws LifecycleException {
        Renewal last = lastSwitchOver(wish.name());
        List<BindingSnapshot> before = snapshots().list(last.id());
        Clock clock = ports.clock();
        requireSense(wish.name(), before, clock.instant());
        StoredCertificate next = certificates().get(last.issued().orElseThrow());
        Renewal open = last.isOpen()
                ? last
                : ports.repositories()
                        .renewals()
                        .open(last.again(UUID.randomUUID(), RenewalReason.FORCED, Optional.empty(), clock.instant()));
        RenewalRun run =
                new RenewalRun(open, wish, Urge.BIND, ports.repositories().renewals(), clock, narration);
        Readiness readiness = holding.byHand(run);
        if (!(readiness instanceof Readiness.Ready ready)) {
            return new RenewalOutcome.Waiting(((Readiness.Held) readiness).hold());
        }
        try {
            RenewalOutcome outcome = restoring.backTo(before, new Proof(List.of()), run, next);
            if (outcome instanceof RenewalOutcome.RolledBack) {
                putPreviousInUse(before);
            }
            outcomes.record(run, outcome, Optional.of(AuditAct.ROLLBACK));
            return outcome;
        } finally {
            holding.release(ready.locks());
        }
    }

    /** The renewal that bound what is bound now and knows what was bound before it. */
    private Renewal lastSwitchOver(CertificateName name) throws LifecycleException {
        for (Renewal renewal : ports.repositories().renewals().listLatest(name, 10)) {
            if (renewal.boundAt().isPresent() && !snapshots().list(renewal.id()).isEmpty()) {
                return renewal;
            }
        }
        throw nothing(name, "no switch-over of it is on record");
    }

    /** A person who goes back is told beforehand where that would cut clients off: the proof of what is bound has not failed. */
    private void requireSense(CertificateName name, List<BindingSnapshot> before, Instant now)
            throws LifecycleException {
        if (before.stream().noneMatch(snapshot -> snapshot.state().chain().isPresent())) {
            throw nothing(name, "no certificate was bound before the one in use");
        }
        Optional<String> senseless = restoring.whySenseless(before, now);
        if (senseless.isPresent()) {
            throw nothing(name, senseless.get());
        }
    }

    private void putPreviousInUse(List<BindingSnapshot> before) throws LifecycleException {
        for (BindingSnapshot snapshot : before) {
            if (snapshot.state().chain().isPresent()) {
                Sha256Fingerprint previous =
                        Sha256Fingerprint.of(snapshot.state().chain().get().leaf());
                if (certificates().find(previous).isPresent()) {
                    certificates().putInUse(previous, ports.clock().instant());
                }
            }
        }
    }

    private SnapshotRepository snapshots() {
        return ports.repositories().snapshots();
    }

    private CertificateRepository certificates() {
        return ports.repositories().certificates();
    }

    private static LifecycleException nothing(CertificateName name, String why) {
        return new LifecycleException(
                FailureKind.REFUSED, "NOTHING_TO_ROLL_BACK", "certificate " + name + ": cannot go back: " + why);
    }
}
