package io.certwright.lifecycle;

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
    private final Clock clock;

    Revoking(
            Wishes wishes,
            Issuers issuers,
            CertificateRepository certificates,
            CertificateLifecycle lifecycle,
            NextLook nextLook,
            Clock clock) {
        this.wishes = wishes;
        this.issuers = issuers;
        this.certificates = certificates;
        this.lifecycle = lifecycle;
        this.nextLook = nextLook;
        this.clock = clock;
    }

    /** What was revoked, and how the replacement that came before it ended; empty for one issued by hand, which nothing replaces. */
    public record Revoked(StoredCertificate certificate, Optional<RenewalOutcome> replacement) {}

    /** Revokes the certificate in use under this name. */
    public Revoked revoke(ManagedCertificate wish, RevocationReason reason, Narration narration)
            throws LifecycleException {
        StoredCertificate old = certificates
                .findInUse(wish.name())
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "NOTHING_TO_REVOKE",
                        "certificate " + wish.name() + ": none is in use, so there is nothing to revoke"));
        Issuer issuer = issuers.get(old.issuer());
        if (!(issuer instanceof Revokes revokes)) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "CANNOT_REVOKE",
                    "issuer " + issuer.name() + " (" + issuer.type()
                            + "): cannot revoke from here; ask the CA's people to revoke serial "
                            + old.certificate().serial());
        }
        Optional<RenewalOutcome> replacement =
                wishes.find(wish.name()).isPresent() ? Optional.of(replace(wish.name(), narration)) : Optional.empty();
        revokes.revoke(old.certificate(), reason, clock.instant());
        certificates.markRevoked(old.certificate().sha256(), clock.instant());
        nextLook.replan(wish, clock.instant());
        return new Revoked(old, replacement);
    }

    private RenewalOutcome replace(CertificateName name, Narration narration) throws LifecycleException {
        RenewalOutcome replacement = lifecycle.renew(name, Urge.FORCE.andAcceptUntrustingClients(), narration);
        if (!(replacement instanceof RenewalOutcome.Renewed)) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "NOT_REPLACED",
                    "certificate " + name + ": not revoked, because it is in use and could not be replaced first: "
                            + replacement.sentence());
        }
        return replacement;
    }
}
