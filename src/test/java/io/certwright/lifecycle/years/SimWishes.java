package io.certwright.lifecycle.years;

import io.certwright.alert.Recipient;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings, changed as people change them. */
final class SimWishes implements Wishes {
    static final Recipient ADMINS = new Recipient("admins@contoso.com");

    private final Map<CertificateName, ManagedCertificate> certificates = new TreeMap<>();
    private final Map<HostName, Host> hosts = new HashMap<>();
    private final Map<ClientGroupName, ClientGroup> groups;
    private final boolean forgetsWait;

    SimWishes(Map<ClientGroupName, ClientGroup> groups, boolean forgetsWait) {
        this.groups = groups;
        this.forgetsWait = forgetsWait;
    }

    void put(ManagedCertificate wish) {
        certificates.put(wish.name(), wish);
    }

    void put(Host host) {
        hosts.put(host.name(), host);
    }

    void mode(HostName name, HostMode mode) {
        hosts.computeIfPresent(name, (same, host) -> new Host(name, mode, host.window()));
    }

    @Override
    public Optional<ManagedCertificate> find(CertificateName name) {
        return Optional.ofNullable(certificates.get(name));
    }

    ManagedCertificate get(CertificateName name) {
        return find(name).orElseThrow();
    }

    @Override
    public List<ManagedCertificate> list() {
        return List.copyOf(certificates.values());
    }

    @Override
    public Host host(HostName name) {
        return Optional.ofNullable(hosts.get(name)).orElseThrow();
    }

    /** Planted fault: the story is told that clients need no time. */
    @Override
    public ClientGroup group(ClientGroupName name) {
        ClientGroup group = Optional.ofNullable(groups.get(name)).orElseThrow();
        return forgetsWait
                ? new ClientGroup(
                        name,
                        group.pinning(),
                        Duration.ZERO,
                        group.retireAfter(),
                        group.alsoTalkTo(),
                        group.publishTo())
                : group;
    }

    @Override
    public List<Recipient> recipients() {
        return List.of(ADMINS);
    }

    @Override
    public List<X509Certificate> trustAnchors() {
        return List.of();
    }
}
