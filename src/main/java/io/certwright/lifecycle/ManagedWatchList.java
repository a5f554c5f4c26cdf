package io.certwright.lifecycle;

import io.certwright.alert.WatchList;
import io.certwright.alert.Watched;
import io.certwright.binding.BindingName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The certificates in use, as {@code ExpiryWatch} wants them. It asks the inventory, and the renewals only for a word on one that is
 * late: when the story is broken, the mails still go out.
 */
public final class ManagedWatchList implements WatchList {
    private final Wishes wishes;
    private final CertificateRepository certificates;
    private final ServerBindings bindings;
    private final Obstacles obstacles;
    private final Clock clock;

    ManagedWatchList(
            Wishes wishes,
            CertificateRepository certificates,
            ServerBindings bindings,
            Obstacles obstacles,
            Clock clock) {
        this.wishes = wishes;
        this.certificates = certificates;
        this.bindings = bindings;
        this.obstacles = obstacles;
        this.clock = clock;
    }

    @Override
    public List<Watched> listWatched() throws LifecycleException {
        return certificates.listInUse().stream().map(this::watched).toList();
    }

    /** One that is not in the settings any more is nobody's to replace: then every threshold counts, and everybody hears. */
    private Watched watched(StoredCertificate stored) {
        Optional<ManagedCertificate> wish = wishes.find(stored.name());
        boolean managed = wish.filter(this::isManaged).isPresent();
        Optional<Instant> planned = managed ? stored.plannedSwitchOver() : Optional.empty();
        Watched watched = new Watched(
                stored.name().value(),
                stored.certificate().thumbprint(),
                stored.certificate().validity(),
                planned,
                wish.map(ManagedCertificate::recipients).orElseGet(wishes::recipients),
                managed);
        boolean late = planned.filter(at -> at.isBefore(clock.instant())).isPresent();
        return late ? watched.hinderedBy(wish.flatMap(obstacles::find)) : watched;
    }

    private boolean isManaged(ManagedCertificate wish) {
        for (BindingName binding : wish.bindings()) {
            if (wishes.host(bindings.get(binding).host()).mode() == HostMode.REPORT) {
                return false;
            }
        }
        return true;
    }
}
