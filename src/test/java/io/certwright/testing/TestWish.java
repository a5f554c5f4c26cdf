package io.certwright.testing;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.RenewalRule;
import io.certwright.policy.Allowance;
import io.certwright.trust.ClientGroupName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A promise being drafted. Unless told otherwise: {@code NAME.contoso.com}, P-256, issuer {@code lab}, renewed at 66 % without jitter,
 * bound nowhere, for no clients, told to {@code admins@contoso.com}.
 */
public final class TestWish {
    public static final Recipient ADMINS = new Recipient("admins@contoso.com");

    private final String name;
    private SubjectAlternativeNames names;
    private KeySpec key = KeySpec.P_256;
    private KeyOrigin origin = KeyOrigin.SERVICE;
    private String issuer = "lab";
    private RenewalRule rule = new RenewalRule(0.66, 0);
    private List<BindingName> bindings = List.of();
    private Set<Allowance> allowed = Set.of();
    private Optional<ClientGroupName> clients = Optional.empty();
    private Optional<IssuerName> fallback = Optional.empty();
    private List<Recipient> recipients = List.of(ADMINS);

    private TestWish(String name) {
        this.name = name;
        this.names = SubjectAlternativeNames.ofDns(name + ".contoso.com");
    }

    public static TestWish named(String name) {
        return new TestWish(name);
    }

    public TestWish dns(String... dns) {
        names = new SubjectAlternativeNames(Stream.of(dns).map(DnsName::parse).toList(), List.of());
        return this;
    }

    public TestWish key(KeySpec spec) {
        key = spec;
        return this;
    }

    public TestWish keyOnHost() {
        origin = KeyOrigin.HOST;
        return this;
    }

    public TestWish from(String issuerName) {
        issuer = issuerName;
        return this;
    }

    /** Who is asked in need. */
    public TestWish orFrom(String issuerName) {
        fallback = Optional.of(new IssuerName(issuerName));
        return this;
    }

    public TestWish renewedAt(double share, double jitter) {
        rule = new RenewalRule(share, jitter);
        return this;
    }

    public TestWish boundTo(ServerBinding... servers) {
        bindings = Stream.of(servers).map(ServerBinding::name).toList();
        return this;
    }

    public TestWish allowing(Allowance... allowances) {
        allowed = Set.of(allowances);
        return this;
    }

    public TestWish forClients(String group) {
        clients = Optional.of(ClientGroupName.of(group));
        return this;
    }

    public TestWish telling(Recipient... people) {
        recipients = List.of(people);
        return this;
    }

    public ManagedCertificate wish() {
        return new ManagedCertificate(
                CertificateName.of(name),
                names,
                name + " TLS",
                key,
                origin,
                new IssuerName(issuer),
                rule,
                allowed,
                bindings,
                clients,
                recipients,
                fallback);
    }
}
