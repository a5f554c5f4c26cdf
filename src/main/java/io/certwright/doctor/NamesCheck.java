package io.certwright.doctor;

import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
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
        return "correct the resolver of this machine";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Set<DnsName> names = new TreeSet<>();
        for (ManagedCertificate wish : vitals.wishes()) {
            wish.names().dns().stream().filter(name -> !name.isWildcard()).forEach(names::add);
        }
        List<DnsName> some = names.stream().limit(MOST).toList();
        Set<DnsName> unresolved = vitals.machine().unresolved(some);
        return some.stream()
                .filter(unresolved::contains)
                .map(name -> Finding.warning(
                        name + ": has no address as seen from here",
                        "add an A or AAAA record for it, or correct the name under certificates"))
                .toList();
    }
}
