package io.certwright.discovery;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.trust.ClientGroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate that is bound by hand today, as an entry of the settings: the same names, the same kind of key, the same places.
 *
 * @param served it becomes the one before the first renewal: watched, pinned, and gone back to if the proof fails
 * @param namedInSan whether it has names where clients of today look for them, and not in its common name alone
 * @param where it is served, for people
 * @param bindings entries under {@code bind}; none where nothing here knows how the server is changed
 * @param clients who must have its trust
 */
public record Adoption(
        CertificateName name,
        List<DnsName> dns,
        List<IpAddress> ips,
        KeySpec key,
        IssuerName issuer,
        IssuedCertificate served,
        boolean namedInSan,
        String where,
        List<String> bindings,
        Optional<ClientGroupName> clients) {
    public Adoption {
        dns = List.copyOf(dns);
        ips = List.copyOf(ips);
        bindings = List.copyOf(bindings);
    }

    /** Of https bindings of one host that serve the same certificate; at least one. */
    public static Adoption ofBindings(List<FoundBinding> found, CertificateName name, IssuerName issuer)
            throws LifecycleException {
        FoundBinding first = found.get(0);
        if (first.chain().isEmpty()) {
            throw refused(
                    "host " + first.host() + ": " + first.site() + " "
                            + first.binding().at(),
                    "serves no certificate that could be taken over; describe one under certificates yourself");
        }
        List<String> places = found.stream()
                .map(each -> each.site() + " " + each.binding().at())
                .distinct()
                .toList();
        return of(
                first.chain().get(),
                name,
                issuer,
                String.join(" and ", places) + " on " + first.host(),
                found.stream().map(FoundBinding::entry).distinct().toList());
    }

    /** Of what a server presents in a handshake that Certwright has no way to change. */
    public static Adoption ofEndpoint(
            Endpoint endpoint, CertificateChain presented, CertificateName name, IssuerName issuer)
            throws LifecycleException {
        return of(presented, name, issuer, endpoint.toString(), List.of());
    }

    /** Reads names and key out of what is served; the common name stands in where the certificate has no SAN. */
    private static Adoption of(
            CertificateChain served, CertificateName name, IssuerName issuer, String where, List<String> bindings)
            throws LifecycleException {
        CertificateDetails details = CertificateReader.read(served.leaf());
        boolean named = !details.dnsNames().isEmpty() || !details.ipAddresses().isEmpty();
        Stream<String> names = named ? details.dnsNames().stream() : details.commonName().stream();
        List<DnsName> dns = names.filter(DnsName::isWellFormed)
                .map(DnsName::parse)
                .distinct()
                .toList();
        if (dns.isEmpty() && details.ipAddresses().isEmpty()) {
            throw refused(where, "serves a certificate without any name; describe one under certificates yourself");
        }
        return new Adoption(
                name,
                dns,
                details.ipAddresses(),
                details.keySpec().orElse(KeySpec.RSA_3072),
                issuer,
                new IssuedCertificate(served),
                named,
                where,
                bindings,
                Optional.empty());
    }

    /** The same for these clients. */
    public Adoption servedTo(ClientGroupName group) {
        return new Adoption(name, dns, ips, key, issuer, served, namedInSan, where, bindings, Optional.of(group));
    }

    /** The name by which the clients of an update server should reach it: its first full one. */
    public Optional<DnsName> findFullName() {
        return dns.stream()
                .filter(each -> !each.isWildcard() && !each.isSingleLabel())
                .findFirst();
    }

    private static LifecycleException refused(String where, String what) {
        return new LifecycleException(
                FailureKind.REFUSED, "NOTHING_TO_ADOPT", Printable.escape(where, 500) + " " + what);
    }

    /** The entry under {@code certificates} of the settings, in YAML, without indentation of its own. */
    public SettingsEntry entry() {
        return new SettingsEntry("certificates", lines());
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ":");
        if (!dns.isEmpty()) {
            lines.add("  dns: [" + quoted(dns.stream().map(DnsName::value)) + "]");
        }
        if (!ips.isEmpty()) {
            lines.add("  ips: [" + quoted(ips.stream().map(IpAddress::text)) + "]");
        }
        lines.add("  issuer: " + Quoted.text(issuer.value()));
        lines.add("  key: { algorithm: " + (key.algorithm() == KeyAlgorithm.RSA ? "rsa" : "ec") + ", size: "
                + key.bits() + " }");
        if (dns.stream().anyMatch(DnsName::isWildcard) || dns.stream().anyMatch(DnsName::isSingleLabel)) {
            lines.add("  allow: [" + allowances() + "]");
        }
        clients.ifPresent(group -> lines.add("  clients: " + Quoted.text(group.value())));
        if (!bindings.isEmpty()) {
            lines.add("  bind:");
            bindings.forEach(each -> lines.add("    - " + each));
        }
        return lines;
    }

    private static String quoted(Stream<String> texts) {
        return String.join(", ", texts.map(Quoted::text).toList());
    }

    private String allowances() {
        List<String> words = new ArrayList<>();
        if (dns.stream().anyMatch(DnsName::isWildcard)) {
            words.add("wildcard");
        }
        if (dns.stream().anyMatch(DnsName::isSingleLabel)) {
            words.add("single-label");
        }
        return String.join(", ", words);
    }

    /** For people: what is taken over. */
    public String sentence() {
        String names = String.join(
                ", ",
                Stream.concat(dns.stream().map(DnsName::value), ips.stream().map(IpAddress::text))
                        .toList());
        return where + " becomes certificate " + name + " for " + Printable.escape(names, 500);
    }
}
