package io.certwright.lifecycle;

import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditTrail;
import io.certwright.binding.BindingName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.Pin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The story after the story: when the overlap is over, the old certificate's pin leaves the trust package and what bindings kept of
 * it is removed. Certificates that a binding still shows are left alone.
 */
public final class Retiring {
    /** How long an old certificate is kept for a rollback where no client group says otherwise. */
    static final Duration USUAL_OVERLAP = Duration.ofDays(30);

    private final Wishes wishes;
    private final ServerBindings bindings;
    private final CertificateRepository certificates;
    private final ClientTrust trust;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Clock clock;

    Retiring(LifecyclePorts ports, ClientTrust trust) {
        this.wishes = ports.wishes();
        this.bindings = ports.bindings();
        this.certificates = ports.repositories().certificates();
        this.transactions = ports.repositories().transactions();
        this.audit = ports.repositories().audit();
        this.trust = trust;
        this.clock = ports.clock();
    }

    /** Retires every predecessor now, whatever is left of the overlap: a person said so. Returns what was retired. */
    public List<StoredCertificate> retireNow(ManagedCertificate wish) throws LifecycleException {
        return retireAll(
                wish,
                old -> audit.record(
                        AuditAct.RETIRE,
                        "certificate " + wish.name(),
                        old.certificate().thumbprint() + ", before its overlap was over"));
    }

    /** What is done with each certificate that was retired, in the same transaction. */
    private interface Afterwards {
        void with(StoredCertificate retired) throws LifecycleException;
    }

    private List<StoredCertificate> retireAll(ManagedCertificate wish, Afterwards afterwards)
            throws LifecycleException {
        List<StoredCertificate> retired = new ArrayList<>();
        for (StoredCertificate old : predecessors(wish)) {
            if (!isBoundAnywhere(wish, old)) {
                clean(wish, old);
                transactions.inOne(() -> {
                    certificates.retire(old.certificate().sha256(), clock.instant());
                    afterwards.with(old);
                    return old;
                });
                retired.add(old);
            }
        }
        return retired;
    }

    /** Retires what the overlap is over for. */
    public List<StoredCertificate> retireDue(ManagedCertificate wish) throws LifecycleException {
        Optional<Instant> next = nextRetirement(wish);
        return next.isPresent() && !clock.instant().isBefore(next.get()) ? retireAll(wish, retired -> {}) : List.of();
    }

    /** When the overlap with the certificates before the one in use is over; empty where there are none. */
    Optional<Instant> nextRetirement(ManagedCertificate wish) throws LifecycleException {
        Duration overlap =
                wish.clients().map(wishes::group).map(ClientGroup::retireAfter).orElse(USUAL_OVERLAP);
        return certificates.findOverlapSince(wish.name()).map(since -> since.plus(overlap));
    }

    /** Those that were in use once. A stored one that never was may still be on its way to a binding. */
    private List<StoredCertificate> predecessors(ManagedCertificate wish) throws LifecycleException {
        Optional<StoredCertificate> inUse = certificates.findInUse(wish.name());
        return certificates.listOf(wish.name()).stream()
                .filter(old -> old.retiredAt().isEmpty() && old.inUseSince().isPresent())
                .filter(old -> inUse.filter(current -> current.certificate()
                                .sha256()
                                .equals(old.certificate().sha256()))
                        .isEmpty())
                .toList();
    }

    private boolean isBoundAnywhere(ManagedCertificate wish, StoredCertificate old) throws LifecycleException {
        for (BindingName binding : wish.bindings()) {
            if (bindings.get(binding).look().shows(old.certificate().sha256())) {
                return true;
            }
        }
        return false;
    }

    /** What a person put on a host by hand may serve something there that we do not know of: it stays. */
    private void clean(ManagedCertificate wish, StoredCertificate old) throws LifecycleException {
        Optional<ClientGroup> group = wish.clients().map(wishes::group);
        if (group.isPresent() && group.get().pinning()) {
            trust.ensureWithdrawn(
                    group.get(), new Pin(old.certificate().leaf(), old.name().value()));
        }
        if (!old.isAdopted()) {
            for (BindingName binding : wish.bindings()) {
                bindings.get(binding).forget(old.certificate());
            }
        }
    }
}
