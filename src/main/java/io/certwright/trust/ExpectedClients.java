package io.certwright.trust;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which machines belong to a client group, and how many of them are enough.
 *
 * @param hosts by name, each once
 * @param share from which on the package counts as effective before its wait is over; absent where only wait and people decide
 */
public record ExpectedClients(List<ClientHost> hosts, Optional<ConfirmedShare> share) {
    public ExpectedClients {
        hosts = List.copyOf(new TreeSet<>(hosts));
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected hosts: got none, wanted at least one; of no hosts every share is reached");
        }
    }

    public static ExpectedClients of(Collection<ClientHost> hosts, Optional<ConfirmedShare> share) {
        return new ExpectedClients(List.copyOf(hosts), share);
    }

    /** Tells which expected host a reported one is. */
    public Matching matching() {
        return new Matching(hosts);
    }

    /** Made once for many questions. */
    public static final class Matching {
        private final Set<ClientHost> exact;
        private final Map<String, List<ClientHost>> byShortName;

        private Matching(List<ClientHost> hosts) {
            this.exact = Set.copyOf(hosts);
            this.byShortName = hosts.stream().collect(Collectors.groupingBy(ClientHost::shortName));
        }

        /** Itself, or the only one with the same short name where one of the two is short. */
        public Optional<ClientHost> find(ClientHost reported) {
            if (exact.contains(reported)) {
                return Optional.of(reported);
            }
            List<ClientHost> alike = byShortName.getOrDefault(reported.shortName(), List.of()).stream()
                    .filter(host -> host.isShort() || reported.isShort())
                    .toList();
            return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
        }
    }
}
