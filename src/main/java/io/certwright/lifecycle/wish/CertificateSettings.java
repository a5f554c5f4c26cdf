package io.certwright.lifecycle.wish;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.config.ConfigMapping;
import io.certwright.config.LifetimeShare;
import io.certwright.enrollment.IssuerName;
import io.certwright.policy.Allowance;
import io.certwright.trust.ClientGroupName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what stands under {@code certificates} in the settings. Which bindings there are is the adapters' business: whoever calls
 * reads {@code bind} and hands over the names.
 */
public final class CertificateSettings {
    private static final LifetimeShare USUAL_START = shareOf(RenewalRule.USUAL.at());
    private static final LifetimeShare USUAL_JITTER = shareOf(RenewalRule.USUAL.jitter());

    private final Collection<String> issuers;
    private final Collection<String> clientGroups;

    /** The names that settings give to issuers and client groups: a certificate that refers to another one is a fault. */
    public CertificateSettings(Collection<String> issuers, Collection<String> clientGroups) {
        this.issuers = List.copyOf(issuers);
        this.clientGroups = List.copyOf(clientGroups);
    }

    /** The promise {@code name}, bound to {@code bindings}; empty if anything within the mapping is wrong. */
    public Optional<ManagedCertificate> read(String name, ConfigMapping node, List<BindingName> bindings) {
        List<DnsName> dns = node.values("dns", DnsName::parse);
        List<IpAddress> ips = node.values("ips", IpAddress::parse);
        String friendlyName = node.text("friendly-name", name);
        Optional<String> issuer = node.required("issuer", node.reference("issuer", issuers));
        Optional<String> fallback = node.reference("fallback-issuer", issuers);
        if (fallback.isPresent() && fallback.equals(issuer)) {
            node.fault(
                    "fallback-issuer", "got \"" + fallback.get() + "\", wanted another issuer than that under issuer");
        }
        KeyOrigin origin = node.section("key").choice("origin", KeyOrigin.class, KeyOrigin.SERVICE);
        Optional<KeySpec> key = readKey(node.section("key"));
        requireFeasible(origin, node);
        Optional<RenewalRule> renewal = readRenewal(node.section("renew"));
        List<Allowance> allowed = node.choices("allow", Allowance.class);
        Optional<String> clients = node.reference("clients", clientGroups);
        List<Recipient> recipients = node.values("recipients", Recipient::parse);
        node.mappings("bind");
        return node.build(() -> new ManagedCertificate(
                CertificateName.of(name),
                new SubjectAlternativeNames(dns, ips),
                friendlyName,
                key.orElseThrow(),
                origin,
                new IssuerName(issuer.orElseThrow()),
                renewal.orElseThrow(),
                Set.copyOf(allowed),
                bindings,
                clients.map(ClientGroupName::of),
                recipients,
                fallback.map(IssuerName::new)));
    }

    private static Optional<KeySpec> readKey(ConfigMapping key) {
        KeyAlgorithm algorithm = key.choice("algorithm", KeyAlgorithm.class, KeyAlgorithm.RSA);
        int bits = key.integer("size", 0, 1_000_000, algorithm == KeyAlgorithm.RSA ? 3072 : 256);
        return key.build(() -> KeySpec.of(algorithm, bits));
    }

    /** A key that never leaves its host serves that host alone, and only where it can be made there. */
    private static void requireFeasible(KeyOrigin origin, ConfigMapping node) {
        if (origin != KeyOrigin.HOST) {
            return;
        }
        List<ConfigMapping> bindings = node.mappings("bind");
        Set<String> hosts =
                bindings.stream().map(each -> each.text("host").orElse("")).collect(Collectors.toSet());
        boolean elsewhere =
                bindings.stream().anyMatch(each -> !each.text("type").equals(Optional.of("iis")));
        if (bindings.isEmpty() || elsewhere) {
            node.section("key")
                    .fault(
                            "origin",
                            "got \"host\", wanted service: only bindings of type iis can use a key that is made on their host");
        } else if (hosts.size() > 1) {
            node.section("key")
                    .fault(
                            "origin",
                            "got \"host\" with bindings on " + hosts.size()
                                    + " hosts, wanted service, or a certificate for each host: such a key never leaves its host");
        }
    }

    private static Optional<RenewalRule> readRenewal(ConfigMapping renew) {
        LifetimeShare at = renew.value("at", LifetimeShare::parse, USUAL_START);
        LifetimeShare jitter = renew.value("jitter", LifetimeShare::parse, USUAL_JITTER);
        return renew.build(() -> new RenewalRule(at.perMille() / 1000.0, jitter.perMille() / 1000.0));
    }

    private static LifetimeShare shareOf(double share) {
        return new LifetimeShare((int) Math.round(share * 1000));
    }
}
