package io.certwright.lifecycle;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.MaintenanceWindow;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gathers what {@link Due} is reckoned from: the certificate in use, what our checks say of it today, and the lead it needs. */
public final class DueDates {
    private final Wishes wishes;
    private final ServerBindings bindings;
    private final CertificateRepository certificates;
    private final Checking checking;

    DueDates(Wishes wishes, ServerBindings bindings, CertificateRepository certificates, Checking checking) {
        this.wishes = wishes;
        this.bindings = bindings;
        this.certificates = certificates;
        this.checking = checking;
    }

    public Due of(ManagedCertificate wish, Instant now) throws LifecycleException {
        Optional<StoredCertificate> inUse = certificates.findInUse(wish.name());
        Optional<String> refusal = inUse.isPresent() ? checking.refusalOf(inUse.get(), wish, now) : Optional.empty();
        return Due.of(wish, inUse, leadOf(wish), refusal, now);
    }

    /** When the successor of {@code current} will be bound if all goes well: due date, clients' wait, then the window. */
    Instant plannedSwitchOver(ManagedCertificate wish, StoredCertificate current, Instant now) {
        Due due = Due.of(wish, Optional.of(current), leadOf(wish), Optional.empty(), now);
        return due.at().plus(leadOf(wish).total());
    }

    Due.Lead leadOf(ManagedCertificate wish) {
        Duration wait =
                wish.clients().map(wishes::group).map(ClientGroup::waitingTime).orElse(Duration.ZERO);
        Duration gap = wish.bindings().stream()
                .map(binding -> wishes.host(bindings.get(binding).host()))
                .map(Host::window)
                .flatMap(Optional::stream)
                .map(MaintenanceWindow::longestGap)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Due.Lead(wait, gap);
    }
}
