package io.certwright.discovery;

import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.Binding;
import io.certwright.iis.HostState;
import io.certwright.iis.HttpSysEntry;
import io.certwright.iis.Site;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.windows.WindowsHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at hosts and changes nothing. */
public final class HostScan {
    private final Function<HostName, WindowsHost> hosts;
    private final Wishes wishes;
    private final CertificateRepository certificates;

    /** @param hosts how calls get to a host of the settings */
    public HostScan(Function<HostName, WindowsHost> hosts, Wishes wishes, CertificateRepository certificates) {
        this.hosts = hosts;
        this.wishes = wishes;
        this.certificates = certificates;
    }

    public ScannedHost scan(HostName host) throws LifecycleException {
        HostState state = HostState.read(hosts.apply(host));
        List<FoundBinding> found = new ArrayList<>();
        for (Site site : state.iis().sites()) {
            for (Binding binding : site.httpsBindings()) {
                found.add(found(host, state, site, binding));
            }
        }
        return new ScannedHost(host, found, state.drift());
    }

    private FoundBinding found(HostName host, HostState state, Site site, Binding binding) throws LifecycleException {
        Optional<HttpSysEntry> entry = state.iis().table().find(binding.key());
        Optional<Thumbprint> served = entry.isPresent() ? entry.get().certificate() : binding.certificate();
        Optional<CertificateChain> chain = served.isPresent() ? state.chainOf(served.get()) : Optional.empty();
        return new FoundBinding(
                host,
                site.name(),
                binding,
                chain,
                wishes.findBoundTo(host, site.name(), binding.at().port()),
                knownAs(chain));
    }

    private Optional<CertificateName> knownAs(Optional<CertificateChain> chain) throws LifecycleException {
        return chain.isPresent()
                ? certificates.find(Sha256Fingerprint.of(chain.get().leaf())).map(StoredCertificate::name)
                : Optional.empty();
    }
}
