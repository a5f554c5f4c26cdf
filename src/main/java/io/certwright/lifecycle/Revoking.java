package io.certwright.lifecycle;

import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditTrail;
import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.RevocationReason;
import io.certwright.enrollment.Revokes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.time.Clock;
import java.util.Optional;

/** Tells the CA that a certificate is not to be trusted any more. One that is served is replaced first, so that nobody is cut off. */
public final class Revoking {
    private final Wishes wishes;
    private final Issuers issuers;
    private final CertificateRepository certificates;
    private final CertificateLifecycle lifecycle;
    private final NextLook nextLook;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Clock clock;

    Revoking(LifecyclePorts ports, CertificateLifecycle lifecycle, NextLook nextLook) {
        this.wishes = ports.wishes();
        this.issuers = ports.issuers();
        this.certificates = ports.repositories().certificates();
        this.transactions = ports.repositories().transactions();
        this.audit = ports.repositories().audit();
        this.lifecycle = lifecycle;
        this.nextLook = nextLook;
        this.clock = ports.clock();
    }

    /**
     * What was revoked, and how the replacement that came before it ended; empty where nothing had to replace it: one issued by hand,
     * or one that an earlier call replaced already.
     */
    public record Revoked(StoredCertificate certificate, Optional<RenewalOutcome> replacement) {}

    /**
     * Revokes the certificate in use under this name, or, where an earlier call could not tell the CA, the one that was meant then:
     * whoever asks again does not lose the certificate that has replaced it since.
     */
    public Revoked revoke(ManagedCertificate wish, RevocationReason reason, Narration narration)
            throws LifecycleException {
        StoredCertificate old = meant(wish.name());
        Revokes issuer = revoking(old);
        certificates.askRevocation(old.certificate().sha256(), clock.instant());
        Optional<RenewalOutcome> replacement =
                isServed(old, wish.name()) ? Optional.of(replace(wish.name(), narration)) : Optional.empty();
        issuer.revoke(old.certificate(), reason, clock.instant());
        transactions.inOne(() -> {
            certificates.markRevoked(old.certificate().sha256(), clock.instant());
            nextLook.replan(wish, clock.instant());
            audit.record(
                    AuditAct.REVOKE,
                    "certificate " + wish.name(),
                    "serial " + old.certificate().serial() + " of issuer " + old.issuer() + ", reason " + reason);
            return old;
        });
        return new Revoked(old, replacement);
    }

    private StoredCertificate meant(CertificateName name) throws LifecycleException {
        Optional<StoredCertificate> unfinished = certificates.findToRevoke(name);
        return (unfinished.isPresent() ? unfinished : certificates.findInUse(name))
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "NOTHING_TO_REVOKE",
                        "certificate " + name + ": none is in use, so there is nothing to revoke"));
    }

    private Revokes revoking(StoredCertificate old) throws LifecycleException {
        if (old.isAdopted()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "CANNOT_REVOKE",
                    "certificate " + old.name()
                            + ": the one in use was bound by hand and taken over, so no issuer of the settings gave it; ask"
                            + " the people of its CA to revoke serial "
                            + old.certificate().serial() + ", after \"certwright renew " + old.name() + " --force\"");
        }
        Issuer issuer = issuers.get(old.issuer());
        if (issuer instanceof Revokes revokes) {
            return revokes;
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "CANNOT_REVOKE",
                "issuer " + issuer.name() + " (" + issuer.type()
                        + "): cannot revoke from here; ask the CA's people to revoke serial "
                        + old.certificate().serial());
    }

    /** One issued by hand is served nowhere that we know of, and nothing can replace it. */
    private boolean isServed(StoredCertificate old, CertificateName name) throws LifecycleException {
        return wishes.find(name).isPresent()
                && certificates
                        .findInUse(name)
                        .filter(inUse -> inUse.certificate().equals(old.certificate()))
                        .isPresent();
    }

    private RenewalOutcome replace(CertificateName name, Narration narration) throws LifecycleException {
        RenewalOutcome replacement = lifecycle.renew(name, Urge.FORCE.andAcceptUntrustingClients(), narration);
        if (!(replacement instanceof RenewalOutcome.Renewed)) {
            throw new LifecycleException(
                    replacement instanceof RenewalOutcome.Failed failed
                            ? failed.cause().kind()
                            : FailureKind.REFUSED,
                    "NOT_REPLACED",
                    "certificate " + name + ": not revoked, because it is in use and could not be replaced first: "
                            + replacement.sentence());
        }
        return replacement;
    }
}
