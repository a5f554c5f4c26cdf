package io.certwright.lifecycle;

import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditTrail;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person bound by hand becomes the certificate in use, so that the first renewal is due by the same rule as any other, is watched,
 * pinned and gone back to. Its key stays where it is.
 */
public final class Adopting {
    private final Transactions transactions;
    private final RenewalRepository renewals;
    private final CertificateRepository certificates;
    private final Looks looks;
    private final AuditTrail audit;
    private final Clock clock;

    Adopting(LifecyclePorts.Repositories stored, Clock clock) {
        this.transactions = stored.transactions();
        this.renewals = stored.renewals();
        this.certificates = stored.certificates();
        this.looks = stored.looks();
        this.audit = stored.audit();
        this.clock = clock;
    }

    /**
     * Puts {@code served} in use under the name of a wish that is about to come into force, and answers when its successor is due. Harmless
     * to repeat.
     *
     * @param lead the time that its clients and its host need
     * @param where it is served, for people
     */
    public Due ensureAdopted(ManagedCertificate wish, IssuedCertificate served, Due.Lead lead, String where)
            throws LifecycleException {
        return transactions.inOne(() -> {
            Optional<StoredCertificate> known = certificates.find(served.sha256());
            if (known.isPresent()) {
                return due(wish, requireInUse(wish, known.get()), lead);
            }
            requireUnused(wish);
            return adopt(wish, served, lead, where);
        });
    }

    private Due adopt(ManagedCertificate wish, IssuedCertificate served, Due.Lead lead, String where)
            throws LifecycleException {
        Instant now = clock.instant();
        Renewal opened = renewals.open(Renewal.opened(
                UUID.randomUUID(), wish.name(), RenewalReason.ADOPTED, wish.issuer(), wish.wishDigest(), now));
        Renewal received = renewals.record(opened, new Fact.Received(served, now));
        Due due = due(wish, certificates.get(served.sha256()), lead);
        String sentence = served.thumbprint() + ", as it was bound at " + where;
        renewals.record(received, new Fact.Adopted(sentence, due.at().plus(lead.total()), now));
        looks.put(wish.name(), "renew", Optional.of(due.at()), Optional.of(due));
        audit.record(AuditAct.ADOPT, "certificate " + wish.name(), sentence);
        return due;
    }

    private Due due(ManagedCertificate wish, StoredCertificate inUse, Due.Lead lead) {
        return Due.of(wish, Optional.of(inUse), lead, Optional.empty(), clock.instant());
    }

    /** The record knows a certificate under one name alone. */
    private StoredCertificate requireInUse(ManagedCertificate wish, StoredCertificate known) throws LifecycleException {
        boolean same = known.name().equals(wish.name())
                && certificates
                        .findInUse(wish.name())
                        .filter(inUse -> inUse.certificate().equals(known.certificate()))
                        .isPresent();
        if (same) {
            return known;
        }
        throw refused("certificate " + known.certificate().thumbprint() + " is known already as one of " + known.name()
                + "; add this place under bind of " + known.name()
                + " in the settings, so that one renewal changes all");
    }

    private void requireUnused(ManagedCertificate wish) throws LifecycleException {
        if (certificates.findInUse(wish.name()).isPresent()
                || renewals.findOpen(wish.name()).isPresent()) {
            throw refused("certificate " + wish.name()
                    + ": there is one of this name in the record, in use or under way; give another name with --name");
        }
    }

    private static LifecycleException refused(String sentence) {
        return new LifecycleException(FailureKind.REFUSED, "CANNOT_ADOPT", sentence);
    }
}
