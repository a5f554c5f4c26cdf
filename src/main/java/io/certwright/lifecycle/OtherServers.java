package io.certwright.lifecycle;

import io.certwright.binding.ServerBinding;
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
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the servers of a client group present now, managed here or not: a client with pins talks to none whose leaf is missing
 * from its store.
 */
final class OtherServers {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Wishes wishes;
    private final ServerBindings bindings;
    private final CertificateRepository certificates;
    private final TrustRepository trust;
    private final TlsProbe probe;
    private final Clock clock;

    OtherServers(
            Wishes wishes,
            ServerBindings bindings,
            CertificateRepository certificates,
            TrustRepository trust,
            TlsProbe probe,
            Clock clock) {
        this.wishes = wishes;
        this.bindings = bindings;
        this.certificates = certificates;
        this.trust = trust;
        this.probe = probe;
        this.clock = clock;
    }

    /** The leaves in use of every managed certificate of the group. */
    private List<Pin> pinsInUse(ClientGroup group) throws LifecycleException {
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

    /** What is to be pinned beside a new leaf; a server that shows the leaf in use is known by its certificate's name already. */
    List<Pin> pins(ClientGroup group, List<Sighting> sightings) throws LifecycleException {
        List<Pin> pins = new ArrayList<>(pinsInUse(group));
        Set<X509Certificate> inUse = pins.stream().map(Pin::leaf).collect(Collectors.toSet());
        for (Sighting sighting : sightings) {
            sighting.pin()
                    .filter(pin -> group.alsoTalkTo().contains(sighting.endpoint()) || !inUse.contains(pin.leaf()))
                    .ifPresent(pins::add);
        }
        return pins;
    }

    /** Each server of the group, managed here or not, asked now; what it showed before counts where it does not answer. */
    List<Sighting> sightings(ClientGroup group) throws LifecycleException {
        Map<Endpoint, Sighting> sightings = new LinkedHashMap<>();
        for (Endpoint endpoint : group.alsoTalkTo()) {
            sightings.put(endpoint, sight(endpoint));
        }
        for (ServerBinding managed : bindingsOf(group)) {
            for (Endpoint endpoint : managed.endpoints()) {
                if (!sightings.containsKey(endpoint)) {
                    sightManaged(endpoint, managed).ifPresent(sighting -> sightings.put(endpoint, sighting));
                }
            }
        }
        return List.copyOf(sightings.values());
    }

    private List<ServerBinding> bindingsOf(ClientGroup group) {
        return wishes.list().stream()
                .filter(wish -> wish.clients().filter(group.name()::equals).isPresent())
                .flatMap(wish -> wish.bindings().stream())
                .distinct()
                .map(bindings::get)
                .toList();
    }

    /** Its leaf in use is pinned whatever comes of this; what it shows besides, from before it was managed, is found here alone. */
    private Optional<Sighting> sightManaged(Endpoint endpoint, ServerBinding managed) throws LifecycleException {
        Optional<SeenServer> before = trust.findLastSeen(endpoint);
        if (before.filter(this::isFresh).isPresent()) {
            return before.map(Sighting.Present::new);
        }
        Sighting sighting = sight(endpoint);
        return sighting instanceof Sighting.Present ? Optional.of(sighting) : boundTo(endpoint, managed);
    }

    /** Many certificates of one group are renewed one after another; their servers are asked once. */
    private boolean isFresh(SeenServer seen) {
        return !seen.at().isBefore(clock.instant().minus(FRESH)) && !seen.at().isAfter(clock.instant());
    }

    /** What the server itself says where it cannot be reached from here; nothing where it shows nothing or cannot be asked. */
    private Optional<Sighting> boundTo(Endpoint endpoint, ServerBinding managed) {
        try {
            return managed.look()
                    .chain()
                    .map(chain -> new Sighting.Present(new SeenServer(endpoint, chain, clock.instant())));
        } catch (LifecycleException away) {
            return Optional.empty();
        }
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
