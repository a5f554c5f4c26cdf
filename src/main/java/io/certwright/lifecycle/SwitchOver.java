package io.certwright.lifecycle;

import io.certwright.binding.BindingName;
import io.certwright.binding.BindingSnapshot;
import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostLock;
import io.certwright.binding.HostLocks;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.SnapshotRepository;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.BindingProof;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Proof;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The one step that changes what servers serve: remember what is bound, bind, prove, and go back where the proof fails. It takes a
 * {@link Readiness.Ready}, which only {@link Holding} makes.
 */
final class SwitchOver {
    private final ServerBindings bindings;
    private final SnapshotRepository snapshots;
    private final HostLocks locks;
    private final Proving proving;
    private final Restoring restoring;

    SwitchOver(
            ServerBindings bindings,
            SnapshotRepository snapshots,
            HostLocks locks,
            Proving proving,
            Restoring restoring) {
        this.bindings = bindings;
        this.snapshots = snapshots;
        this.locks = locks;
        this.proving = proving;
        this.restoring = restoring;
    }

    RenewalOutcome perform(RenewalRun run, StoredCertificate next, Readiness.Ready ready) throws LifecycleException {
        try {
            if (run.wish().bindings().isEmpty()) {
                return new RenewalOutcome.Renewed(next.certificate(), new Proof(List.of()));
            }
            List<BindingSnapshot> before = ensureSnapshots(run);
            run.record(new Fact.Bound(run.now()));
            Proof proof = bindAndProve(run, next, before);
            return outcomeOf(run, next, before, proof);
        } finally {
            for (HostLock lock : ready.locks()) {
                locks.release(lock);
            }
        }
    }

    private RenewalOutcome outcomeOf(RenewalRun run, StoredCertificate next, List<BindingSnapshot> before, Proof proof)
            throws LifecycleException {
        if (proof.stands()) {
            run.record(new Fact.Verified(run.now()));
            return new RenewalOutcome.Renewed(next.certificate(), proof);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new RenewalOutcome.Failed(interrupted(run));
        }
        if (proof.demandsRestore()) {
            return restoring.backTo(before, proof, run, next);
        }
        if (proof.leftAllAsItWas()) {
            run.record(new Fact.Unbound(run.now()));
        }
        return new RenewalOutcome.Failed(unproven(run, proof));
    }

    /**
     * Stored before the first change. A run that goes on with what another began finds the snapshot of that one, which is the true
     * one; where nothing of this renewal is bound any more, an older snapshot may be out of date and is taken anew.
     */
    private List<BindingSnapshot> ensureSnapshots(RenewalRun run) throws LifecycleException {
        if (run.facts().boundAt().isEmpty()) {
            snapshots.forget(run.facts().id());
        }
        List<BindingSnapshot> taken = snapshots.list(run.facts().id());
        List<BindingSnapshot> all = new ArrayList<>();
        for (BindingName name : run.wish().bindings()) {
            var known = taken.stream()
                    .filter(snapshot -> snapshot.binding().equals(name))
                    .findFirst();
            all.add(known.isPresent() ? known.get() : snapshots.saveIfAbsent(take(name, run)));
        }
        return all;
    }

    private BindingSnapshot take(BindingName name, RenewalRun run) throws LifecycleException {
        ServerBinding binding = bindings.get(name);
        BoundState state = binding.look();
        return new BindingSnapshot(run.facts().id(), name, state, proving.isReachable(binding), run.now());
    }

    /** Binding by binding; the first that fails ends it, for what follows would widen the damage. */
    private Proof bindAndProve(RenewalRun run, StoredCertificate next, List<BindingSnapshot> before) {
        List<BindingProof> proofs = new ArrayList<>();
        for (BindingSnapshot snapshot : before) {
            BindingProof proof = bindAndProve(run, next, snapshot, proofs.size() > 0);
            proofs.add(proof);
            run.tell("prove", proof.sentence());
            if (!(proof instanceof BindingProof.Proven)) {
                break;
            }
        }
        return new Proof(proofs);
    }

    private BindingProof bindAndProve(
            RenewalRun run, StoredCertificate next, BindingSnapshot before, boolean othersChanged) {
        ServerBinding binding = bindings.get(before.binding());
        try {
            binding.bind(toBind(run, next));
            run.tell("bind", binding.name() + " on host " + binding.host());
            return proving.prove(binding, next.certificate().chain(), before.reachableBefore());
        } catch (LifecycleException failed) {
            boolean changed = othersChanged || isChanged(binding, before.state());
            return new BindingProof.NotBound(before.binding(), changed, failed.kind(), failed.getMessage());
        } catch (RuntimeException bug) {
            boolean changed = othersChanged || isChanged(binding, before.state());
            return new BindingProof.NotBound(before.binding(), changed, FailureKind.INTERNAL, bug.toString());
        }
    }

    /** Whether it is not, or cannot be shown to be, as it was. */
    private static boolean isChanged(ServerBinding binding, BoundState before) {
        try {
            return !binding.look().equals(before);
        } catch (LifecycleException unreadable) {
            return true;
        }
    }

    static CertificateToBind toBind(RenewalRun run, StoredCertificate next) {
        return toBind(run.wish().friendlyName(), next);
    }

    /** The friendly name carries the date of issue, so that old and new can be told apart in a dialog of Windows. */
    static CertificateToBind toBind(String friendlyName, StoredCertificate next) {
        String day = next.certificate().validity().notBefore().toString().substring(0, 10);
        return new CertificateToBind(
                next.name(), friendlyName + " " + day, next.certificate(), next.key(), next.hostKey());
    }

    /** Cut short, a proof says nothing about the certificate: nothing is put back for it. The next run proves it, or goes back. */
    private static LifecycleException interrupted(RenewalRun run) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "INTERRUPTED",
                "certificate " + run.name()
                        + ": stopped before it was proven to be served; the next run goes on there");
    }

    private String remedyOf(Proof proof) throws LifecycleException {
        for (BindingProof one : proof.bindings()) {
            if (one instanceof BindingProof.Unreachable dark) {
                return bindings.get(dark.binding()).remedyOfSilence();
            }
        }
        return "see to the server there";
    }

    /** The certificate stays where it is bound; proof is sought again later. */
    private LifecycleException unproven(RenewalRun run, Proof proof) throws LifecycleException {
        FailureKind kind = proof.bindings().stream()
                .filter(BindingProof.NotBound.class::isInstance)
                .map(failed -> ((BindingProof.NotBound) failed).kind())
                .findFirst()
                .orElse(FailureKind.UNREACHABLE);
        return new LifecycleException(
                kind,
                "NOT_PROVEN",
                "certificate " + run.name() + ": not proven to be served: " + proof.sentence()
                        + "; " + remedyOf(proof) + ", then \"certwright renew " + run.name()
                        + "\", or wait for the next try");
    }
}
