package io.certwright.store.postgres;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.InOtherHandsException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.RenewalRepository;
import java.sql.SQLException;
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
                PostgresRenewalRepository::read,
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
                order by (closed_at is null) desc, opened_at desc limit ?""", PostgresRenewalRepository::read, name.value(), limit);
    }

    @Override
    public Renewal get(UUID id) throws LifecycleException {
        return database.find("select * from renewal where id = ?", PostgresRenewalRepository::read, id)
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
                on conflict (certificate_name) where closed_at is null do nothing""", opened(renewal).toArray());
        return inserted == 1
                ? renewal
                : findOpen(renewal.name()).orElseThrow(() -> new InOtherHandsException(renewal.name()));
    }

    private static List<Object> opened(Renewal renewal) {
        Optional<Renewal.KeyReady> key = renewal.keyReady();
        Optional<Renewal.Standing> standing = renewal.standing();
        List<Object> values = new ArrayList<>(List.of(
                renewal.id(),
                renewal.name().value(),
                renewal.reason(),
                renewal.issuer().value(),
                renewal.wishDigest(),
                renewal.openedAt()));
        values.add(key.flatMap(Renewal.KeyReady::sealedKey));
        values.add(key.flatMap(Renewal.KeyReady::hostKey));
        values.add(key.map(ready -> ready.csr().der()));
        values.add(key.map(ready -> ready.csr().publicKey()));
        values.add(key.map(Renewal.KeyReady::at));
        values.add(renewal.requested().map(Renewal.Requested::at));
        values.add(renewal.requested().map(Renewal.Requested::times).orElse(0));
        values.add(renewal.issued().map(Sha256Fingerprint::hex));
        values.add(renewal.issuedAt());
        values.add(renewal.checkedAt());
        values.add(renewal.storedAt());
        values.add(renewal.trustPublishedAt());
        values.add(standing.map(Renewal.Standing::outcome));
        values.add(standing.map(Renewal.Standing::sentence));
        values.add(standing.map(Renewal.Standing::at));
        values.add(standing.flatMap(Renewal.Standing::nextAttemptAt));
        values.add(standing.map(Renewal.Standing::plan).orElse(""));
        return values;
    }

    @Override
    public Renewal record(Renewal renewal, Fact fact) throws LifecycleException {
        return database.inTransaction(() -> {
            bring(renewal, fact);
            Change change = changeBy(fact);
            List<Object> parameters = new ArrayList<>(change.parameters());
            parameters.add(renewal.id());
            parameters.add(renewal.version());
            String sql = "update renewal set " + change.assignments()
                    + ", version = version + 1 where id = ? and version = ? and closed_at is null returning *";
            Renewal next = database.find(sql, PostgresRenewalRepository::read, parameters.toArray())
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

    /** Assignments with a question mark each, and their values. */
    private record Change(String assignments, List<Object> parameters) {
        static Change of(String assignments, Object... parameters) {
            return new Change(assignments, List.of(parameters));
        }
    }

    private static Change changeBy(Fact fact) {
        if (fact instanceof Fact.KeyMade made) {
            return Change.of(
                    "key_id = ?, csr = ?, csr_public_key = ?, key_ready_at = ?",
                    made.keyId(),
                    made.csr().der(),
                    made.csr().publicKey(),
                    made.at());
        }
        if (fact instanceof Fact.HostKeyMade made) {
            return Change.of(
                    "host_key = ?, csr = ?, csr_public_key = ?, key_ready_at = ?",
                    made.reference(),
                    made.csr().der(),
                    made.csr().publicKey(),
                    made.at());
        }
        if (fact instanceof Fact.AboutToAsk ask) {
            return Change.of("requested_at = ?, times_asked = ?", ask.at(), ask.times());
        }
        if (fact instanceof Fact.NotAsked) {
            return Change.of("requested_at = null, times_asked = greatest(times_asked - 1, 0)");
        }
        if (fact instanceof Fact.PendingAtCa pending) {
            return Change.of(
                    "request_id = ?, pending_since = coalesce(pending_since, ?), ask_again_at = ?, pending_sentence = ?",
                    pending.id().value(),
                    pending.at(),
                    pending.askAgainAt(),
                    pending.sentence());
        }
        if (fact instanceof Fact.Received received) {
            return Change.of(
                    "certificate_sha256 = ?, issued_at = ?",
                    received.certificate().sha256().hex(),
                    received.at());
        }
        return changeOfStage(fact);
    }

    private static Change changeOfStage(Fact fact) {
        if (fact instanceof Fact.Accepted accepted) {
            return Change.of("checked_at = ?", accepted.at());
        }
        if (fact instanceof Fact.Stored stored) {
            return Change.of("stored_at = ?", stored.at());
        }
        if (fact instanceof Fact.TrustPublished published) {
            return Change.of("trust_published_at = ?", published.at());
        }
        if (fact instanceof Fact.Bound bound) {
            return Change.of("bound_at = ?", bound.at());
        }
        if (fact instanceof Fact.Verified verified) {
            return Change.of("verified_at = ?", verified.at());
        }
        if (fact instanceof Fact.Unbound) {
            return Change.of("bound_at = null, verified_at = null");
        }
        return changeOfOutcome(fact);
    }

    private static Change changeOfOutcome(Fact fact) {
        if (fact instanceof Fact.Stands stands) {
            Renewal.Standing how = stands.standing();
            return Change.of(
                    "outcome = ?, sentence = ?, failure_kind = ?, failures = ?, outcome_at = ?, next_attempt_at = ?, plan = ?",
                    how.outcome(),
                    how.sentence(),
                    how.failureKind(),
                    how.failures(),
                    how.at(),
                    how.nextAttemptAt(),
                    how.plan());
        }
        if (fact instanceof Fact.Completed completed) {
            return closed("Renewed", completed.sentence(), completed.at());
        }
        if (fact instanceof Fact.Adopted adopted) {
            return closed("Adopted", adopted.sentence(), adopted.at());
        }
        if (fact instanceof Fact.Abandoned abandoned) {
            return closed(abandoned.outcome(), abandoned.sentence(), abandoned.at());
        }
        throw new IllegalArgumentException("no column for " + fact);
    }

    private static Change closed(String outcome, String sentence, java.time.Instant at) {
        return Change.of(
                "outcome = ?, sentence = ?, failure_kind = '', failures = 0, outcome_at = ?, next_attempt_at = null, closed_at = ?",
                outcome,
                sentence,
                at,
                at);
    }

    static Renewal read(Row row) throws SQLException {
        return new Renewal(
                row.uuid("id"),
                new CertificateName(row.text("certificate_name")),
                row.choice("reason", RenewalReason.class),
                new IssuerName(row.text("issuer")),
                row.text("wish_digest"),
                row.instant("opened_at"),
                keyReady(row),
                requested(row),
                pending(row),
                row.findText("certificate_sha256").map(Sha256Fingerprint::new),
                row.findInstant("issued_at"),
                row.findInstant("checked_at"),
                row.findInstant("stored_at"),
                row.findInstant("trust_published_at"),
                row.findInstant("bound_at"),
                row.findInstant("verified_at"),
                standing(row),
                row.findInstant("closed_at"),
                row.number("version"));
    }

    private static Optional<Renewal.KeyReady> keyReady(Row row) throws SQLException {
        if (row.findInstant("key_ready_at").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Renewal.KeyReady(
                row.findUuid("key_id"),
                row.findText("host_key"),
                new CertificateSigningRequest(row.bytes("csr"), row.bytes("csr_public_key")),
                row.instant("key_ready_at")));
    }

    private static Optional<Renewal.Requested> requested(Row row) throws SQLException {
        return row.findInstant("requested_at").isPresent()
                ? Optional.of(new Renewal.Requested(row.instant("requested_at"), row.integer("times_asked")))
                : Optional.empty();
    }

    private static Optional<Renewal.AtCa> pending(Row row) throws SQLException {
        return row.findText("request_id").isPresent()
                ? Optional.of(new Renewal.AtCa(
                        new RequestId(row.text("request_id")),
                        row.instant("pending_since"),
                        row.instant("ask_again_at"),
                        row.findText("pending_sentence").orElse("")))
                : Optional.empty();
    }

    private static Optional<Renewal.Standing> standing(Row row) throws SQLException {
        return row.findText("outcome").isPresent()
                ? Optional.of(new Renewal.Standing(
                        row.text("outcome"),
                        row.text("sentence"),
                        row.text("failure_kind"),
                        row.integer("failures"),
                        row.instant("outcome_at"),
                        row.findInstant("next_attempt_at"),
                        row.text("plan")))
                : Optional.empty();
    }
}
