package io.certwright.lifecycle.resume;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.RenewalRule;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One certificate on this machine, for clients that pin and need no time. */
record OneWish(ManagedCertificate wish) implements Wishes {
    static final CertificateName WSUS = CertificateName.of("wsus");
    static final IssuerName LAB = new IssuerName("lab");
    static final ClientGroup CLIENTS = new ClientGroup(
            ClientGroupName.of("wsus-clients"), true, Duration.ZERO, Duration.ofDays(30), List.of(), "trust");

    static OneWish boundTo(List<BindingName> bindings) {
        return new OneWish(new ManagedCertificate(
                WSUS,
                SubjectAlternativeNames.ofDns("wsus.certwright.test"),
                "WSUS TLS",
                KeySpec.P_256,
                KeyOrigin.SERVICE,
                LAB,
                RenewalRule.USUAL,
                Set.of(),
                bindings,
                Optional.of(CLIENTS.name()),
                List.of()));
    }

    @Override
    public Optional<ManagedCertificate> find(CertificateName name) {
        return Optional.of(wish).filter(known -> known.name().equals(name));
    }

    @Override
    public List<ManagedCertificate> list() {
        return List.of(wish);
    }

    @Override
    public Host host(HostName name) {
        return Host.local();
    }

    @Override
    public ClientGroup group(ClientGroupName name) {
        return CLIENTS;
    }

    @Override
    public List<Recipient> recipients() {
        return List.of();
    }

    @Override
    public List<X509Certificate> trustAnchors() {
        return List.of();
    }
}
