package io.certwright.lifecycle;

import io.certwright.alert.AlertOutbox;
import io.certwright.audit.AuditTrail;
import io.certwright.binding.HostLocks;
import io.certwright.binding.SnapshotRepository;
import io.certwright.enrollment.Circuits;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.lookup.Lookups;
import io.certwright.policy.PolicyChain;
import io.certwright.probe.TlsProbe;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.TrustRepository;
import java.time.Clock;

/** Everything the story touches, as ports: what {@code app} wires and what a test replaces. */
public record LifecyclePorts(
        Wishes wishes,
        Issuers issuers,
        Circuits circuits,
        ServerBindings bindings,
        Keys keys,
        PolicyChain policy,
        TlsProbe probe,
        Lookups lookups,
        TrustPublisher trustPublisher,
        Repositories repositories,
        Clock clock,
        Pause pause) {

    /** What is remembered, all in one database. */
    public record Repositories(
            Transactions transactions,
            RenewalRepository renewals,
            CertificateRepository certificates,
            SnapshotRepository snapshots,
            HostLocks hostLocks,
            TrustRepository trust,
            AlertOutbox outbox,
            Looks looks,
            AuditTrail audit) {}
}
