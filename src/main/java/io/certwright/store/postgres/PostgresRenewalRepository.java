package io.certwright.store.postgres;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.InOtherHandsException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Renewals as rows; each fact is one update that compares the version, together with what the fact brings. */
public final class PostgresRenewalRepository implements RenewalRepository {
    private final Database database;
    private final CertificateRows certificates;

    public PostgresRenewalRepository(Database database) {
        this.database = database;
        this.certificates = new CertificateRows(database);
    }

    @Override
    public Optional<Renewal> findOpen(CertificateName name) throws LifecycleException {
        return database.find(
                "select * from renewal where certificate_name = ? and closed_at is null",
                RenewalRows::read,
                name.value());
    }

    @Override
    public Optional<Renewal> findLatest(CertificateName name) throws LifecycleException {
        return listLatest(name, 1).stream().findFirst();
    }

    @Override
    public List<Renewal> listLatest(CertificateName name, int limit) throws LifecycleException {
        return database.list("""
                select * from renewal where certificate_name = ?
                order by (closed_at is null) desc, opened_at desc limit ?""", RenewalRows::read, name.value(), limit);
    }

    @Override
    public Renewal get(UUID id) throws LifecycleException {
        return database.find("select * from renewal where id = ?", RenewalRows::read, id)
                .orElseThrow(() -> new IllegalStateException("renewal " + id + " is not in the database"));
    }

    @Override
    public Renewal open(Renewal renewal) throws LifecycleException {
        int inserted = database.update("""
                insert into renewal (id, certificate_name, reason, issuer, wish_digest, opened_at,
                    key_id, host_key, csr, csr_public_key, key_ready_at, requested_at, times_asked,
                    certificate_sha256, issued_at, checked_at, stored_at, trust_published_at,
                    outcome, sentence, outcome_at, next_attempt_at, plan)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (certificate_name) where closed_at is null do nothing""", RenewalRows.opened(renewal).toArray());
        return inserted == 1
                ? renewal
                : findOpen(renewal.name()).orElseThrow(() -> new InOtherHandsException(renewal.name()));
    }

    @Override
    public Renewal record(Renewal renewal, Fact fact) throws LifecycleException {
        return database.inTransaction(() -> {
            bring(renewal, fact);
            RenewalChange change = RenewalChange.by(fact);
            List<Object> parameters = new ArrayList<>(change.parameters());
            parameters.add(renewal.id());
            parameters.add(renewal.version());
            String sql = "update renewal set " + change.assignments()
                    + ", version = version + 1 where id = ? and version = ? and closed_at is null returning *";
            Renewal next = database.find(sql, RenewalRows::read, parameters.toArray())
                    .orElseThrow(() -> new InOtherHandsException(renewal.name()));
            follow(next, fact);
            return next;
        });
    }

    /** Rows that the fact brings along and the renewal then points to. */
    private void bring(Renewal renewal, Fact fact) throws LifecycleException {
        if (fact instanceof Fact.KeyMade made) {
            certificates.insertKey(made.keyId(), made.key(), made.at());
        } else if (fact instanceof Fact.Received received) {
            certificates.insert(renewal, received);
        }
    }

    /** What the fact means to the inventory. */
    private void follow(Renewal renewal, Fact fact) throws LifecycleException {
        if (fact instanceof Fact.Accepted accepted) {
            certificates.accept(renewal.issued().orElseThrow(), accepted.at());
        } else if (fact instanceof Fact.Completed completed) {
            certificates.putInUse(
                    renewal.name(),
                    renewal.issued().orElseThrow(),
                    Optional.of(completed.plannedSwitchOver()),
                    completed.at());
        } else if (fact instanceof Fact.Adopted adopted) {
            certificates.adopt(renewal.issued().orElseThrow(), adopted.at());
            certificates.putInUse(
                    renewal.name(),
                    renewal.issued().orElseThrow(),
                    Optional.of(adopted.plannedSwitchOver()),
                    adopted.at());
        }
    }
}
