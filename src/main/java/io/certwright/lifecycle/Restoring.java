package io.certwright.lifecycle;

import io.certwright.binding.BindingSnapshot;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.BindingProof;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Proof;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way back: every binding to exactly what its snapshot says, and proof of that too. Only to a certificate that is valid now;
 * an expired or revoked one would help nobody.
 */
final class Restoring {
    private final ServerBindings bindings;
    private final CertificateRepository certificates;
    private final Proving proving;
    private final SwitchPlan plan;

    Restoring(ServerBindings bindings, CertificateRepository certificates, Proving proving, SwitchPlan plan) {
        this.bindings = bindings;
        this.certificates = certificates;
        this.proving = proving;
        this.plan = plan;
    }

    RenewalOutcome backTo(List<BindingSnapshot> before, Proof proof, RenewalRun run, StoredCertificate next)
            throws LifecycleException {
        Optional<String> senseless = whySenseless(before, run.now());
        if (senseless.isPresent()) {
            return failed(proof, senseless.get(), run, next);
        }
        List<String> lost = new ArrayList<>();
        for (BindingSnapshot snapshot : before) {
            restoreOrExplain(snapshot, run).ifPresent(lost::add);
        }
        if (!lost.isEmpty()) {
            return failed(proof, String.join("; ", lost), run, next);
        }
        run.record(new Fact.Unbound(run.now()));
        return new RenewalOutcome.RolledBack(proof, plan.fingerprint(run.wish(), next.certificate(), run.now()));
    }

    /** One binding that cannot go back keeps no other one from going back. */
    private Optional<String> restoreOrExplain(BindingSnapshot snapshot, RenewalRun run) {
        try {
            restore(snapshot, run);
            return Optional.empty();
        } catch (LifecycleException lost) {
            return Optional.of(snapshot.binding() + ": " + lost.getMessage());
        } catch (RuntimeException bug) {
            return Optional.of(snapshot.binding() + ": " + bug);
        }
    }

    private void restore(BindingSnapshot snapshot, RenewalRun run) throws LifecycleException {
        ServerBinding binding = bindings.get(snapshot.binding());
        binding.restore(snapshot.state());
        Optional<CertificateChain> chain = snapshot.state().chain();
        if (chain.isPresent() && snapshot.reachableBefore()) {
            BindingProof proof = proving.prove(binding, chain.get(), true);
            if (!(proof instanceof BindingProof.Proven)) {
                throw new LifecycleException(
                        FailureKind.INTERNAL, "RESTORE_NOT_PROVEN", "put back, but " + proof.sentence());
            }
        }
        run.tell(
                "restore",
                snapshot.binding() + " is back to "
                        + chain.map(bound ->
                                        Sha256Fingerprint.of(bound.leaf()).hex().substring(0, 8) + "…")
                                .orElse("no certificate"));
    }

    /** Why nobody would be helped by what was bound before; empty where it may come back. */
    Optional<String> whySenseless(List<BindingSnapshot> before, Instant now) throws LifecycleException {
        for (BindingSnapshot snapshot : before) {
            if (snapshot.state().chain().isPresent()) {
                var leaf = snapshot.state().chain().get().leaf();
                ValidityPeriod validity = ValidityPeriod.of(leaf);
                if (!validity.isValidAt(now)) {
                    return Optional.of("the certificate before is valid from " + validity.notBefore() + " to "
                            + validity.notAfter() + " only, so the new one stays where it is");
                }
                Optional<StoredCertificate> known = certificates.find(Sha256Fingerprint.of(leaf));
                if (known.filter(StoredCertificate::isRevoked).isPresent()) {
                    return Optional.of("the certificate before is revoked, so the new one stays where it is");
                }
            }
        }
        return Optional.empty();
    }

    private RenewalOutcome failed(Proof proof, String reason, RenewalRun run, StoredCertificate next) {
        return new RenewalOutcome.RestoreFailed(proof, reason, fingerprintOrNone(run, next));
    }

    /** A host that cannot even be read now has no plan to compare: the next run looks at it afresh. */
    private String fingerprintOrNone(RenewalRun run, StoredCertificate next) {
        try {
            return plan.fingerprint(run.wish(), next.certificate(), run.now());
        } catch (LifecycleException unreadable) {
            return "";
        }
    }
}
