package io.certwright.lifecycle.resume;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tells the moments before and after each fact. */
record WatchedRenewals(RenewalRepository renewals, Moments moments) implements RenewalRepository {
    @Override
    public Renewal open(Renewal renewal) throws LifecycleException {
        moments.pass("before open");
        Renewal opened = renewals.open(renewal);
        moments.pass("after open");
        return opened;
    }

    @Override
    public Renewal record(Renewal renewal, Fact fact) throws LifecycleException {
        String name = fact.getClass().getSimpleName();
        moments.pass("before " + name);
        Renewal next = renewals.record(renewal, fact);
        moments.pass("after " + name);
        return next;
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
