package io.certwright.testing;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What issuers remember, in memory, with the rules of the real one. Safe for several threads. */
public final class MemoryIssuerMemory implements IssuerMemory {
    private final Map<Address, Remembered> facts = new LinkedHashMap<>();

    private record Address(IssuerName issuer, String kind, String key) {}

    @Override
    public synchronized Optional<Remembered> find(IssuerName issuer, String kind, String key) {
        return Optional.ofNullable(facts.get(new Address(issuer, kind, key)));
    }

    @Override
    public synchronized List<IssuerName> listIssuers(String kind) {
        return facts.keySet().stream()
                .filter(address -> address.kind().equals(kind))
                .map(Address::issuer)
                .distinct()
                .sorted(Comparator.comparing(IssuerName::value))
                .toList();
    }

    @Override
    public synchronized List<Remembered> list(IssuerName issuer, String kind) {
        return facts.entrySet().stream()
                .filter(entry -> entry.getKey().issuer().equals(issuer)
                        && entry.getKey().kind().equals(kind))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Remembered::at).thenComparing(Remembered::key))
                .toList();
    }

    @Override
    public synchronized Remembered remember(IssuerName issuer, Remembered fact) {
        Remembered stands = facts.putIfAbsent(new Address(issuer, fact.kind(), fact.key()), fact);
        return stands == null ? fact : stands;
    }

    @Override
    public synchronized boolean replace(IssuerName issuer, Remembered next, long expectedVersion) {
        Address address = new Address(issuer, next.kind(), next.key());
        Remembered stands = facts.get(address);
        if (stands == null || stands.version() != expectedVersion) {
            return false;
        }
        facts.put(address, next);
        return true;
    }
}
