package io.certwright.certificate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names a certificate stands for (RFC 5280, 4.2.1.6): DNS names and IP addresses, in order, without duplicates. The first DNS
 * name is also the CN of what we ask for.
 */
public record SubjectAlternativeNames(List<DnsName> dns, List<IpAddress> ips) {
    public SubjectAlternativeNames {
        dns = List.copyOf(new LinkedHashSet<>(dns));
        ips = List.copyOf(new LinkedHashSet<>(ips));
    }

    public static SubjectAlternativeNames ofDns(String... names) {
        return new SubjectAlternativeNames(Stream.of(names).map(DnsName::parse).toList(), List.of());
    }

    public boolean isEmpty() {
        return dns.isEmpty() && ips.isEmpty();
    }

    public boolean covers(DnsName host) {
        return dns.stream().anyMatch(name -> name.covers(host));
    }

    public boolean covers(IpAddress address) {
        return ips.contains(address);
    }

    /** Names of {@code wanted} that nothing here stands for, as text, in their order; quick with ten thousand names on either side. */
    public List<String> missingFrom(SubjectAlternativeNames wanted) {
        Set<DnsName> held = new HashSet<>(dns);
        Set<IpAddress> heldIps = new HashSet<>(ips);
        List<String> missing = new ArrayList<>();
        for (DnsName name : wanted.dns) {
            if (!held.contains(name)
                    && name.findWildcard().filter(held::contains).isEmpty()) {
                missing.add(name.value());
            }
        }
        wanted.ips.stream().filter(ip -> !heldIps.contains(ip)).forEach(ip -> missing.add(ip.text()));
        return missing;
    }

    /** Regardless of order. */
    public boolean hasSameNamesAs(SubjectAlternativeNames other) {
        return new LinkedHashSet<>(dns).equals(new LinkedHashSet<>(other.dns))
                && new LinkedHashSet<>(ips).equals(new LinkedHashSet<>(other.ips));
    }

    @Override
    public String toString() {
        return Stream.concat(dns.stream().map(DnsName::value), ips.stream().map(IpAddress::text))
                .collect(Collectors.joining(", "));
    }
}
