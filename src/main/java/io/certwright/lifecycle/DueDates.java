package io.certwright.lifecycle;

import io.certwright.enrollment.RenewalWindow;
import io.certwright.enrollment.SuggestsRenewal;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.Optional;

/** Gathers what {@link Due} is reckoned from: the certificate in use, what our checks and its CA say of it today, and the lead it needs. */
public final class DueDates {
    private final PlannedUse plannedUse;
    private final CertificateRepository certificates;
    private final Checking checking;
    private final Issuers issuers;

    DueDates(PlannedUse plannedUse, CertificateRepository certificates, Checking checking, Issuers issuers) {
        this.plannedUse = plannedUse;
        this.issuers = issuers;
        this.certificates = certificates;
        this.checking = checking;
    }

    public Due of(ManagedCertificate wish, Instant now) throws LifecycleException {
        Optional<StoredCertificate> inUse = certificates.findInUse(wish.name());
        Optional<String> refusal = inUse.isPresent() ? checking.refusalOf(inUse.get(), wish, now) : Optional.empty();
        return of(wish, inUse, refusal, now);
    }

    private Due of(ManagedCertificate wish, Optional<StoredCertificate> inUse, Optional<String> refusal, Instant now)
            throws LifecycleException {
        Due due = Due.of(wish, inUse, plannedUse.leadOf(wish), refusal, now);
        return inUse.filter(current -> !current.isAdopted()).isPresent() ? suggested(wish, inUse.get(), due) : due;
    }

    private Due suggested(ManagedCertificate wish, StoredCertificate current, Due due) throws LifecycleException {
        Optional<RenewalWindow> window = wish.mayComeFrom(current.issuer())
                        && issuers.get(current.issuer()) instanceof SuggestsRenewal suggesting
                ? suggesting.findSuggestion(current.certificate())
                : Optional.empty();
        return window.isPresent() ? due.noLaterThan(window.get(), current) : due;
    }

    /** As {@link #of} where our checks have just accepted the certificate in use for this wish. */
    Due ofAccepted(ManagedCertificate wish, StoredCertificate inUse, Instant now) throws LifecycleException {
        return of(wish, Optional.of(inUse), Optional.empty(), now);
    }

    /** When the successor of {@code current} will be bound if all goes well: due date, clients' wait, then the window. */
    Instant plannedSwitchOver(ManagedCertificate wish, StoredCertificate current, Instant now) {
        Due due = Due.of(wish, Optional.of(current), plannedUse.leadOf(wish), Optional.empty(), now);
        return due.at().plus(plannedUse.leadOf(wish).total());
    }
}
