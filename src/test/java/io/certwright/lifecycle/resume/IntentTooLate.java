package io.certwright.lifecycle.resume;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A planted fault: the intent is stored after the CA has answered, not before it is asked. */
final class IntentTooLate implements RenewalRepository {
    private final RenewalRepository renewals;
    private final List<Fact> kept = new ArrayList<>();
    private Optional<Renewal> stored = Optional.empty();

    IntentTooLate(RenewalRepository renewals) {
        this.renewals = renewals;
    }

    @Override
    public Renewal record(Renewal renewal, Fact fact) throws LifecycleException {
        if (fact instanceof Fact.KeyMade made) {
            stored = Optional.of(renewal);
            kept.add(fact);
            Renewal.KeyReady ready =
                    new Renewal.KeyReady(Optional.of(made.keyId()), Optional.empty(), made.csr(), made.at());
            return with(renewal, Optional.of(ready), Optional.empty());
        }
        if (fact instanceof Fact.AboutToAsk ask && !kept.isEmpty()) {
            kept.add(fact);
            return with(renewal, renewal.keyReady(), Optional.of(new Renewal.Requested(ask.at(), ask.times())));
        }
        Renewal before = renewal;
        for (Fact late : kept) {
            before = renewals.record(before.equals(renewal) ? stored.orElseThrow() : before, late);
        }
        kept.clear();
        return renewals.record(before, fact);
    }

    private static Renewal with(
            Renewal renewal, Optional<Renewal.KeyReady> keyReady, Optional<Renewal.Requested> requested) {
        return new Renewal(
                renewal.id(),
                renewal.name(),
                renewal.reason(),
                renewal.issuer(),
                renewal.wishDigest(),
                renewal.openedAt(),
                keyReady,
                requested,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                renewal.standing(),
                Optional.empty(),
                renewal.version());
    }

    @Override
    public Renewal open(Renewal renewal) throws LifecycleException {
        return renewals.open(renewal);
    }

    @Override
    public Optional<Renewal> findOpen(CertificateName name) throws LifecycleException {
        return renewals.findOpen(name);
    }

    @Override
    public Optional<Renewal> findLatest(CertificateName name) throws LifecycleException {
        return renewals.findLatest(name);
    }

    @Override
    public List<Renewal> listLatest(CertificateName name, int limit) throws LifecycleException {
        return renewals.listLatest(name, limit);
    }

    @Override
    public Renewal get(UUID id) throws LifecycleException {
        return renewals.get(id);
    }
}
