package io.certwright.store.postgres;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalReason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A renewal as values of a row, and back. */
final class RenewalRows {
    private RenewalRows() {}

    /** The values of a new row, in the order in which {@link PostgresRenewalRepository#open} names its columns. */
    static List<Object> opened(Renewal renewal) {
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
