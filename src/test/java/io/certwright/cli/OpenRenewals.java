package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.RenewalRepository;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Renewals to look at, as a test has made them; none can be moved on. */
final class OpenRenewals implements RenewalRepository {
    private final Map<CertificateName, Renewal> open = new HashMap<>();

    /** Opened, and waiting since {@code at} with its trust published. */
    void waitToBind(CertificateName name, Instant at) {
        Renewal fresh =
                Renewal.opened(new UUID(1, 1), name, RenewalReason.NEARING_EXPIRY, new IssuerName("corp"), "wish", at);
        Optional<Instant> now = Optional.of(at);
        open.put(
                name,
                new Renewal(
                        fresh.id(),
                        name,
                        fresh.reason(),
                        fresh.issuer(),
                        fresh.wishDigest(),
                        at,
                        fresh.keyReady(),
                        fresh.requested(),
                        fresh.pending(),
                        fresh.issued(),
                        now,
                        now,
                        now,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Renewal.Standing("Waiting", "waiting: clients", "", 0, at, now, "")),
                        Optional.empty(),
                        1));
    }

    @Override
    public Optional<Renewal> findOpen(CertificateName name) {
        return Optional.ofNullable(open.get(name));
    }

    @Override
    public Optional<Renewal> findLatest(CertificateName name) {
        return findOpen(name);
    }

    @Override
    public List<Renewal> listLatest(CertificateName name, int limit) {
        return findOpen(name).stream().limit(limit).toList();
    }

    @Override
    public Renewal open(Renewal renewal) {
        throw new AssertionError("this command is not meant to open renewals");
    }

    @Override
    public Renewal record(Renewal renewal, Fact fact) {
        throw new AssertionError("this command is not meant to move renewals on");
    }

    @Override
    public Renewal get(UUID id) {
        return open.values().stream()
                .filter(renewal -> renewal.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
