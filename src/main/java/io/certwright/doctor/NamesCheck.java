package io.certwright.doctor;

import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lookup.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A name that has no address is perhaps misspelt; it may also be known to the clients alone. */
final class NamesCheck implements Check {
    private static final int MOST = 500;

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String subject() {
        return "the names of certificates in DNS";
    }

    @Override
    public List<String> needs() {
        return List.of("settings");
    }

    @Override
    public String remedy() {
        return "make the DNS server answer, or name another one: on Linux in /etc/resolv.conf, on Windows in the network adapter's settings";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Set<DnsName> names = new TreeSet<>();
        for (ManagedCertificate wish : vitals.wishes()) {
            wish.names().dns().stream().filter(name -> !name.isWildcard()).forEach(names::add);
        }
        List<Observation> seen =
                vitals.machine().look(names.stream().limit(MOST).toList());
        List<Finding> findings = new ArrayList<>(silent(seen));
        seen.stream()
                .filter(Observation.Resolved.class::isInstance)
                .map(Observation.Resolved.class::cast)
                .filter(resolved -> resolved.addresses().isEmpty())
                .map(resolved -> Finding.warning(
                        resolved.name() + ": has no address as seen from here",
                        "add an A or AAAA record for it, or correct the name under certificates"))
                .forEach(findings::add);
        return findings;
    }

    /** One finding for all of them: a server that does not answer is one trouble. */
    private List<Finding> silent(List<Observation> seen) {
        List<Observation.NameUnknown> unknown = seen.stream()
                .filter(Observation.NameUnknown.class::isInstance)
                .map(Observation.NameUnknown.class::cast)
                .toList();
        if (unknown.isEmpty()) {
            return List.of();
        }
        Observation.NameUnknown first = unknown.get(0);
        String others = unknown.size() > 1 ? " and " + (unknown.size() - 1) + " more" : "";
        return List.of(Finding.wrong(first.name() + others + ": nothing is known, " + first.why(), remedy()));
    }
}
