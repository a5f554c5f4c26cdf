package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.IssuerNotFetched;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was looked up for all targets of one {@code check} at once, to be given out to each. */
final class CheckWorld {
    private final Map<DnsName, Observation> names = new HashMap<>();
    private final Map<Sha256Fingerprint, List<Observation>> certificates = new HashMap<>();

    /** Nothing was looked up. */
    static CheckWorld unseen() {
        return new CheckWorld();
    }

    /** @param paths each leaf first, trust anchor last */
    static CheckWorld seenBy(Lookups lookups, Collection<DnsName> wanted, Collection<List<X509Certificate>> paths)
            throws InterruptedException {
        CheckWorld world = new CheckWorld();
        lookups.of(wanted, paths).forEach(world::add);
        return world;
    }

    private void add(Observation seen) {
        if (seen instanceof Resolved resolved) {
            names.put(resolved.name(), seen);
        } else if (seen instanceof NameUnknown unknown) {
            names.put(unknown.name(), seen);
        } else if (seen instanceof Revoked revoked) {
            add(revoked.certificate(), seen);
        } else if (seen instanceof NotRevoked cleared) {
            add(cleared.certificate(), seen);
        } else if (seen instanceof RevocationUnknown unknown) {
            add(unknown.certificate(), seen);
        } else if (seen instanceof IssuerNotFetched absent) {
            add(absent.certificate(), seen);
        }
    }

    private void add(Sha256Fingerprint certificate, Observation seen) {
        certificates.computeIfAbsent(certificate, any -> new ArrayList<>()).add(seen);
    }

    /** What concerns these names and the certificates of this path. */
    Sightings of(Collection<DnsName> wanted, List<X509Certificate> path) {
        List<Observation> concerned = new ArrayList<>();
        for (DnsName name : wanted) {
            if (names.containsKey(name)) {
                concerned.add(names.get(name));
            }
        }
        if (!certificates.isEmpty()) {
            path.stream()
                    .map(Sha256Fingerprint::of)
                    .filter(certificates::containsKey)
                    .map(certificates::get)
                    .forEach(concerned::addAll);
        }
        return new Sightings(concerned);
    }
}
