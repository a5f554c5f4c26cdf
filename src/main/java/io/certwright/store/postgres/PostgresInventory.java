package io.certwright.store.postgres;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.SerialNumber;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Inventory;
import io.certwright.lifecycle.record.InventoryLine;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The inventory's list by one query over columns: no certificate is parsed. */
public final class PostgresInventory implements Inventory {
    /**
     * Times of which there are thousands come as whole microseconds, for the driver takes long over others. Certificates in use and open
     * renewals of a page come from two indexes in the order of their names: of each as many as the page may have, so that no name of the
     * page lacks its part. The rest is looked up name by name, by index, too: the limits of one keep the planner from reading whole
     * tables instead.
     */
    static final String PAGE = """
            with c as (
                select certificate_name, sha256, thumbprint, serial, not_before, not_after, revoked_at, wish_digest, renewal_id
                from certificate
                where in_use and certificate_name collate "C" > ?
                order by certificate_name collate "C" limit ?
            ),
            o as (
                select certificate_name, id, reason, opened_at, sentence, next_attempt_at, outcome, wish_digest, key_ready_at,
                    requested_at, issued_at, checked_at, stored_at, trust_published_at, bound_at, verified_at
                from renewal
                where closed_at is null and certificate_name collate "C" > ?
                order by certificate_name collate "C" limit ?
            )
            select coalesce(c.certificate_name, o.certificate_name) as certificate_name,
                c.sha256, c.thumbprint, c.serial, c.revoked_at is not null as revoked,
                (extract(epoch from c.not_before) * 1000000)::bigint as not_before,
                (extract(epoch from c.not_after) * 1000000)::bigint as not_after,
                coalesce(c.wish_digest, o.wish_digest) as wish_digest,
                o.id as open_id, o.reason, o.opened_at, o.sentence, o.next_attempt_at,
                coalesce(o.outcome, b.outcome) as outcome,
                case
                    when b.reason = 'ADOPTED' then 'ADOPTED'
                    when coalesce(o.verified_at, b.verified_at) is not null then 'VERIFIED'
                    when coalesce(o.bound_at, b.bound_at) is not null then 'BOUND'
                    when coalesce(o.trust_published_at, b.trust_published_at) is not null then 'TRUST_PUBLISHED'
                    when coalesce(o.stored_at, b.stored_at) is not null then 'STORED'
                    when o.checked_at is not null then 'CHECKED'
                    when o.issued_at is not null then 'ISSUED'
                    when o.requested_at is not null then 'REQUESTED'
                    when o.key_ready_at is not null then 'KEY_READY'
                    else 'OPENED'
                end as stage,
                (extract(epoch from l.due_at) * 1000000)::bigint as due_at, l.due_reason
            from c full join o on o.certificate_name = c.certificate_name
            left join lateral (
                select reason, outcome, stored_at, trust_published_at, bound_at, verified_at
                from renewal where id = c.renewal_id and o.id is null limit 1) b on true
            left join lateral (
                select due_at, due_reason from next_look
                where certificate_name = coalesce(c.certificate_name, o.certificate_name) limit 1) l on true
            order by coalesce(c.certificate_name, o.certificate_name) collate "C" limit ?
            """;

    private final Database database;

    public PostgresInventory(Database database) {
        this.database = database;
    }

    @Override
    public List<InventoryLine> page(String after, int limit) throws LifecycleException {
        return database.list(PAGE, PostgresInventory::read, after, limit, after, limit, limit);
    }

    private static InventoryLine read(Row row) throws SQLException {
        return new InventoryLine(
                new CertificateName(row.text("certificate_name")),
                row.text("wish_digest"),
                inUse(row),
                row.choice("stage", Stage.class),
                open(row),
                row.findText("outcome"),
                due(row));
    }

    private static Optional<InventoryLine.InUse> inUse(Row row) throws SQLException {
        Optional<String> sha256 = row.findText("sha256");
        if (sha256.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InventoryLine.InUse(
                SerialNumber.parseHex(row.text("serial")),
                new Thumbprint(row.text("thumbprint")),
                new Sha256Fingerprint(sha256.get()),
                new ValidityPeriod(row.micros("not_before"), row.micros("not_after")),
                row.flag("revoked")));
    }

    private static Optional<InventoryLine.Open> open(Row row) throws SQLException {
        if (row.findText("open_id").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InventoryLine.Open(
                row.choice("reason", RenewalReason.class),
                row.instant("opened_at"),
                row.findText("sentence"),
                row.findInstant("next_attempt_at")));
    }

    private static Optional<InventoryLine.DueThen> due(Row row) throws SQLException {
        Optional<String> reason = row.findText("due_reason");
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new InventoryLine.DueThen(row.micros("due_at"), RenewalReason.valueOf(reason.get())));
    }
}
