package io.certwright.cli;

import io.certwright.alert.Recipient;
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

/** Settings with these certificates, the group {@code wsus-clients} and the recipient {@code pki@contoso.com}. */
record GivenWishes(List<ManagedCertificate> list) implements Wishes {
    static final ClientGroup GROUP = new ClientGroup(
            ClientGroupName.of("wsus-clients"), true, Duration.ofDays(14), Duration.ofDays(30), List.of(), "trust");

    GivenWishes(ManagedCertificate... wishes) {
        this(List.of(wishes));
    }

    static ManagedCertificate wish(String name, String issuer, String group) {
        return new ManagedCertificate(
                CertificateName.of(name),
                SubjectAlternativeNames.ofDns(name + ".contoso.com"),
                "WSUS TLS",
                KeySpec.P_256,
                KeyOrigin.SERVICE,
                new IssuerName(issuer),
                RenewalRule.USUAL,
                Set.of(),
                List.of(),
                Optional.of(ClientGroupName.of(group)),
                List.of());
    }

    @Override
    public Optional<ManagedCertificate> find(CertificateName name) {
        return list.stream().filter(wish -> wish.name().equals(name)).findFirst();
    }

    @Override
    public Host host(HostName name) {
        return Host.local();
    }

    @Override
    public ClientGroup group(ClientGroupName name) {
        if (!name.equals(GROUP.name())) {
            throw new IllegalArgumentException("client group " + name + ": not in the settings");
        }
        return GROUP;
    }

    @Override
    public List<Recipient> recipients() {
        return List.of(new Recipient("pki@contoso.com"));
    }

    @Override
    public List<X509Certificate> trustAnchors() {
        return List.of();
    }
}
