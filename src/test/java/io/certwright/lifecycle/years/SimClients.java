package io.certwright.lifecycle.years;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustPublisher;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The clients, as they are: they take what is published, each within the wait of its group, and know nothing of our records. */
final class SimClients implements TrustPublisher {
    private record Given(ClientGroupName group, X509Certificate certificate) {}

    private final Clock clock;
    private final Map<Given, Instant> hadAt = new HashMap<>();
    private final Map<ClientGroupName, TrustBundle> present = new HashMap<>();
    private final Set<ClientGroupName> pinned = new HashSet<>();
    private final Map<ClientGroupName, ClientGroup> groups;

    /** @param groups with the time that their clients really take */
    SimClients(Clock clock, Map<ClientGroupName, ClientGroup> groups) {
        this.clock = clock;
        this.groups = groups;
    }

    @Override
    public PublishedPackage publish(TrustBundle bundle) {
        ClientGroupName group = bundle.group().name();
        Instant now = clock.instant();
        Instant later = now.plus(groups.get(group).waitingTime());
        bundle.anchors().forEach(anchor -> hadAt.putIfAbsent(new Given(group, anchor), later));
        bundle.pins()
                .forEach(pin -> hadAt.putIfAbsent(new Given(group, pin.leaf()), pinned.contains(group) ? later : now));
        if (!bundle.pins().isEmpty()) {
            pinned.add(group);
        }
        present.put(group, bundle);
        return where(bundle);
    }

    @Override
    public Optional<PublishedPackage> find(TrustBundle bundle) {
        return Optional.ofNullable(present.get(bundle.group().name()))
                .filter(standing -> standing.digest().equals(bundle.digest()))
                .map(SimClients::where);
    }

    /** Somebody went and gave everybody what is published now. */
    void allTookIt(ClientGroupName group) {
        Instant now = clock.instant();
        hadAt.replaceAll((given, at) -> given.group().equals(group) && at.isAfter(now) ? now : at);
    }

    /** When clients with pins have this leaf, and those without the anchor; the end of time where it was never published. */
    Instant acceptFrom(ClientGroupName group, X509Certificate leaf, X509Certificate anchor) {
        Instant root = hadAt.getOrDefault(new Given(group, anchor), Instant.MAX);
        Instant pin =
                groups.get(group).pinning() ? hadAt.getOrDefault(new Given(group, leaf), Instant.MAX) : Instant.MIN;
        return root.isAfter(pin) ? root : pin;
    }

    private static PublishedPackage where(TrustBundle bundle) {
        return new PublishedPackage(
                bundle.group().publishTo(),
                Sha256Fingerprint.ofDer(bundle.digest().getBytes(StandardCharsets.US_ASCII))
                        .hex());
    }
}
