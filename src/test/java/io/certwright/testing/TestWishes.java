package io.certwright.testing;

import io.certwright.alert.Recipient;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Settings that a test changes as a person would. */
public final class TestWishes implements Wishes {
    private final Map<CertificateName, ManagedCertificate> certificates = new TreeMap<>();
    private final Map<HostName, Host> hosts = new ConcurrentHashMap<>(Map.of(HostName.LOCAL, Host.local()));
    private final Map<ClientGroupName, ClientGroup> groups = new ConcurrentHashMap<>();
    private List<X509Certificate> anchors = List.of();

    public synchronized TestWishes put(ManagedCertificate wish) {
        certificates.put(wish.name(), wish);
        return this;
    }

    public synchronized void remove(CertificateName name) {
        certificates.remove(name);
    }

    public TestWishes put(Host host) {
        hosts.put(host.name(), host);
        return this;
    }

    public TestWishes put(ClientGroup group) {
        groups.put(group.name(), group);
        return this;
    }

    public TestWishes trusting(X509Certificate... roots) {
        anchors = List.of(roots);
        return this;
    }

    @Override
    public synchronized Optional<ManagedCertificate> find(CertificateName name) {
        return Optional.ofNullable(certificates.get(name));
    }

    @Override
    public synchronized List<ManagedCertificate> list() {
        return List.copyOf(certificates.values());
    }

    @Override
    public Host host(HostName name) {
        return Optional.ofNullable(hosts.get(name)).orElseThrow(() -> new NoSuchElementException("host " + name));
    }

    @Override
    public ClientGroup group(ClientGroupName name) {
        return Optional.ofNullable(groups.get(name)).orElseThrow(() -> new NoSuchElementException("group " + name));
    }

    @Override
    public List<Recipient> recipients() {
        return List.of(new Recipient("everybody@contoso.com"));
    }

    @Override
    public List<X509Certificate> trustAnchors() {
        return anchors;
    }
}
