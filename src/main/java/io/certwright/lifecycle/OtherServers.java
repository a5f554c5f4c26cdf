package io.certwright.lifecycle;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.probe.Endpoint;
import io.certwright.probe.TlsProbe;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.Pin;
import io.certwright.trust.SeenServer;
import io.certwright.trust.Sighting;
import io.certwright.trust.TrustRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the servers of a client group present now, managed here or not: a client with pins talks to none whose leaf is missing
 * from its store.
 */
final class OtherServers {
    private final Wishes wishes;
    private final CertificateRepository certificates;
    private final TrustRepository trust;
    private final TlsProbe probe;
    private final Clock clock;

    OtherServers(
            Wishes wishes, CertificateRepository certificates, TrustRepository trust, TlsProbe probe, Clock clock) {
        this.wishes = wishes;
        this.certificates = certificates;
        this.trust = trust;
        this.probe = probe;
        this.clock = clock;
    }

    /** The leaves in use of every managed certificate of the group. */
    List<Pin> pinsInUse(ClientGroup group) throws LifecycleException {
        List<Pin> pins = new ArrayList<>();
        for (ManagedCertificate wish : wishes.list()) {
            if (wish.clients().filter(group.name()::equals).isPresent()) {
                Optional<StoredCertificate> inUse = certificates.findInUse(wish.name());
                inUse.ifPresent(stored -> pins.add(
                        new Pin(stored.certificate().leaf(), wish.name().value())));
            }
        }
        return pins;
    }

    /** Each server that the group also talks to, asked now; what it showed before counts where it does not answer. */
    List<Sighting> sightings(ClientGroup group) throws LifecycleException {
        List<Sighting> sightings = new ArrayList<>();
        for (Endpoint endpoint : group.alsoTalkTo()) {
            sightings.add(sight(endpoint));
        }
        return sightings;
    }

    private Sighting sight(Endpoint endpoint) throws LifecycleException {
        try {
            SeenServer seen = new SeenServer(endpoint, probe.look(endpoint).chain(), clock.instant());
            trust.recordSeen(seen);
            return new Sighting.Present(seen);
        } catch (LifecycleException silent) {
            if (silent.kind() == FailureKind.MALFORMED_ANSWER) {
                return new Sighting.WithoutTls(endpoint);
            }
            Optional<SeenServer> before = trust.findLastSeen(endpoint);
            return before.isPresent()
                    ? new Sighting.LastSeen(before.get(), silent.getMessage())
                    : new Sighting.NeverSeen(endpoint, silent.getMessage());
        }
    }
}
