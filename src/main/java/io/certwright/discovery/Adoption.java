package io.certwright.discovery;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate that is bound by hand today, as an entry of the settings: the same names, the same kind of key, the same place. What is
 * served now counts as the one before: it is pinned, remembered before the first change, and restored if the proof fails.
 */
public record Adoption(
        CertificateName name,
        List<DnsName> dns,
        List<IpAddress> ips,
        KeySpec key,
        IssuerName issuer,
        FoundBinding found) {
    public Adoption {
        dns = List.copyOf(dns);
        ips = List.copyOf(ips);
    }

    /** Reads names and key out of what is served; the common name stands in where the certificate has no SAN. */
    public static Adoption of(FoundBinding found, CertificateName name, IssuerName issuer) throws LifecycleException {
        if (found.leaf().isEmpty()) {
            throw refused(
                    found, "serves no certificate that could be taken over; describe one under certificates yourself");
        }
        CertificateDetails details = CertificateReader.read(found.leaf().get());
        Stream<String> names =
                details.dnsNames().isEmpty() ? details.commonName().stream() : details.dnsNames().stream();
        List<DnsName> dns = names.filter(DnsName::isWellFormed)
                .map(DnsName::parse)
                .distinct()
                .toList();
        if (dns.isEmpty() && details.ipAddresses().isEmpty()) {
            throw refused(found, "serves a certificate without any name; describe one under certificates yourself");
        }
        return new Adoption(
                name, dns, details.ipAddresses(), details.keySpec().orElse(KeySpec.RSA_3072), issuer, found);
    }

    private static LifecycleException refused(FoundBinding found, String what) {
        return new LifecycleException(
                FailureKind.REFUSED, "NOTHING_TO_ADOPT", "host " + found.host() + ": " + found.name() + " " + what);
    }

    /** The entry under {@code certificates} of the settings, in YAML, without indentation of its own. */
    public List<String> entry() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ":");
        lines.add("  dns: ["
                + String.join(
                        ", ", dns.stream().map(each -> quoted(each.value())).toList()) + "]");
        if (!ips.isEmpty()) {
            lines.add("  ips: ["
                    + String.join(
                            ", ", ips.stream().map(each -> quoted(each.text())).toList()) + "]");
        }
        lines.add("  issuer: " + quoted(issuer.value()));
        lines.add("  key: { algorithm: " + (key.algorithm() == KeyAlgorithm.RSA ? "rsa" : "ec") + ", size: "
                + key.bits() + " }");
        if (dns.stream().anyMatch(DnsName::isWildcard) || dns.stream().anyMatch(DnsName::isSingleLabel)) {
            lines.add("  allow: [" + allowances() + "]");
        }
        lines.add("  bind:");
        lines.add("    - { type: iis, host: " + found.host() + ", site: " + quoted(found.site()) + ", port: "
                + found.port() + " }");
        return lines;
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

    /** A text of YAML that stands for itself, whatever is in it; a placeholder of the settings does not begin in it. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${") + '"';
    }

    /** For people: what is taken over. */
    public String sentence() {
        return found.site() + " " + found.binding().at() + " on " + found.host() + " becomes certificate " + name
                + " for "
                + Printable.escape(
                        String.join(", ", dns.stream().map(DnsName::value).toList()), 500);
    }
}
