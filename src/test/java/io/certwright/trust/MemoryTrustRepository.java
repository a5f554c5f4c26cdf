package io.certwright.trust;

import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Behaves as the real repository does, in memory and for one process. */
public final class MemoryTrustRepository implements TrustRepository {
    private final Map<ClientGroupName, GivenTrust> given = new HashMap<>();
    private final Map<ClientGroupName, PublishedTrust> present = new TreeMap<>();
    private final Map<ClientGroupName, Map<ClientHost, ClientReport>> reports = new HashMap<>();
    private final Map<Endpoint, SeenServer> seen = new HashMap<>();

    @Override
    public synchronized <T> T exclusively(ClientGroupName group, Work<T> work) throws LifecycleException {
        return work.run();
    }

    @Override
    public synchronized GivenTrust getGiven(ClientGroup group) {
        GivenTrust known = given.getOrDefault(group.name(), GivenTrust.nothing(group));
        return new GivenTrust(group, known.certificates(), known.everPinned(), known.remarks());
    }

    @Override
    public synchronized PublishedTrust record(
            GivenTrust now, PublishedPackage where, Instant publishedAt, Effectiveness effectiveness) {
        ClientGroupName group = now.group().name();
        String digest = now.bundle().digest();
        given.put(group, now);
        PublishedTrust before = present.get(group);
        if (before == null || !before.bundleDigest().equals(digest)) {
            present.put(
                    group,
                    new PublishedTrust(
                            group,
                            digest,
                            publishedAt,
                            effectiveness.from(),
                            effectiveness.reason(),
                            where.location(),
                            where.manifestSha256()));
        }
        return present.get(group);
    }

    @Override
    public synchronized Optional<PublishedTrust> findPresent(ClientGroupName group) {
        return Optional.ofNullable(present.get(group));
    }

    @Override
    public synchronized List<PublishedTrust> listPresent() {
        return List.copyOf(present.values());
    }

    @Override
    public synchronized PublishedTrust recordConfirmed(
            GivenTrust confirmed, Effectiveness effectiveness, String person, Instant at) {
        ClientGroupName group = confirmed.group().name();
        given.put(group, confirmed);
        present.computeIfPresent(group, (name, trust) -> trust.with(effectiveness));
        return present.get(group);
    }

    @Override
    public synchronized Optional<SeenServer> findLastSeen(Endpoint endpoint) {
        return Optional.ofNullable(seen.get(endpoint));
    }

    @Override
    public synchronized void recordSeen(SeenServer server) {
        seen.merge(server.endpoint(), server, (old, now) -> now.at().isAfter(old.at()) ? now : old);
    }

    @Override
    public ClientReports reports() {
        return new ClientReports() {
            @Override
            public int record(ClientGroupName group, Collection<ClientReport> given, String source) {
                Map<ClientHost, ClientReport> known = reports.computeIfAbsent(group, name -> new TreeMap<>());
                int newer = 0;
                for (ClientReport report : given) {
                    ClientReport before = known.get(report.host());
                    if (before == null || before.at().isBefore(report.at())) {
                        known.put(report.host(), report);
                        newer++;
                    }
                }
                return newer;
            }

            @Override
            public List<ClientReport> list(ClientGroupName group) {
                return List.copyOf(reports.getOrDefault(group, Map.of()).values());
            }
        };
    }
}
