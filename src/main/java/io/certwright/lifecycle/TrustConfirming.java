package io.certwright.lifecycle;

import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditTrail;
import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.InOtherHandsException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.PublishedTrust;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person vouches that all clients of a group have their package: the renewals that wait for them go on at once. */
public final class TrustConfirming {
    private final Wishes wishes;
    private final RenewalRepository renewals;
    private final ClientTrust trust;
    private final NextLook nextLook;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Clock clock;

    TrustConfirming(LifecyclePorts ports, ClientTrust trust, NextLook nextLook) {
        this.wishes = ports.wishes();
        this.renewals = ports.repositories().renewals();
        this.transactions = ports.repositories().transactions();
        this.audit = ports.repositories().audit();
        this.trust = trust;
        this.nextLook = nextLook;
        this.clock = ports.clock();
    }

    /** What is effective now, and whose renewals go on with the next look of the service. */
    public record Confirmed(PublishedTrust trust, List<CertificateName> goingOn) {
        public Confirmed {
            goingOn = List.copyOf(goingOn);
        }
    }

    /** Empty when the group has no package yet, so that there is nothing to vouch for. */
    public Optional<Confirmed> confirm(ClientGroup group, String person) throws LifecycleException {
        Optional<PublishedTrust> effective = transactions.inOne(() -> confirmed(group, person));
        if (effective.isEmpty()) {
            return Optional.empty();
        }
        List<CertificateName> goingOn = new ArrayList<>();
        for (ManagedCertificate wish : wishes.list()) {
            if (wish.clients().filter(group.name()::equals).isPresent() && goOn(wish)) {
                goingOn.add(wish.name());
            }
        }
        return Optional.of(new Confirmed(effective.get(), goingOn));
    }

    private Optional<PublishedTrust> confirmed(ClientGroup group, String person) throws LifecycleException {
        Optional<PublishedTrust> effective = trust.confirm(group, person);
        if (effective.isPresent()) {
            audit.record(
                    AuditAct.TRUST_CONFIRM,
                    "client group " + group.name(),
                    "all clients have the package in " + effective.get().location());
        }
        return effective;
    }

    /** A renewal that another process runs right now sees the confirmation by itself. */
    private boolean goOn(ManagedCertificate wish) throws LifecycleException {
        Optional<Renewal> waiting = renewals.findOpen(wish.name()).filter(Renewal::waitsToBind);
        if (waiting.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        try {
            renewals.record(
                    waiting.get(),
                    new Fact.Stands(waiting.get().standing().orElseThrow().goingOnAt(now)));
        } catch (InOtherHandsException running) {
            return false;
        }
        nextLook.replan(wish, now);
        return true;
    }
}
