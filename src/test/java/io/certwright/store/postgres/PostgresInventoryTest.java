package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.InventoryLine;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import io.certwright.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresInventoryTest {
    private static final int MANY = 20_000;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** Every second name has a certificate in use, every tenth an open renewal. */
    @BeforeAll
    static void fill() throws LifecycleException {
        Database database = DATABASE.database();
        database.update("""
                insert into renewal (id, certificate_name, reason, issuer, wish_digest, opened_at, outcome, sentence, outcome_at, closed_at)
                select gen_random_uuid(), 'n' || lpad(i::text, 7, '0'), 'NEARING_EXPIRY', 'lab',
                    'n' || i || '.contoso.com||P_256|SERVICE|lab|[]', t, 'Renewed', 'renewed', t, t
                from generate_series(0, ? - 1, 2) i, (values (timestamptz '2026-01-01 00:00Z')) as v(t)""", MANY);
        database.update("""
                insert into certificate (sha256, thumbprint, certificate_name, renewal_id, issuer, wish_digest, chain, serial, not_before,
                    not_after, received_at, accepted_at, in_use_since, in_use)
                select upper(encode(sha256(certificate_name::bytea), 'hex')), upper(left(encode(sha256(certificate_name::bytea), 'hex'), 40)),
                    certificate_name, id, issuer, wish_digest, '\\x00', '0A', opened_at, opened_at + interval '90 days', opened_at,
                    opened_at, opened_at, true
                from renewal""");
        database.update("""
                insert into next_look (certificate_name, reason, look_at, due_at, due_reason)
                select certificate_name, 'renew', not_after - interval '30 days', not_after - interval '30 days', 'NEARING_EXPIRY'
                from certificate""");
        database.update("""
                insert into renewal (id, certificate_name, reason, issuer, wish_digest, opened_at, outcome, sentence, outcome_at,
                    next_attempt_at)
                select gen_random_uuid(), 'n' || lpad(i::text, 7, '0'), 'FORCED', 'lab', 'n' || i || '.contoso.com||P_256|SERVICE|lab|[]',
                    timestamptz '2026-02-01 00:00Z', 'Waiting', 'waiting: approval', timestamptz '2026-02-01 00:00Z',
                    timestamptz '2026-02-02 00:00Z'
                from generate_series(0, ? - 1, 10) i""", MANY);
        database.update("analyze");
    }

    private final PostgresInventory inventory = new PostgresInventory(DATABASE.database());

    @Test
    void pages_through_all_names_in_order_and_each_once() throws LifecycleException {
        String after = "";
        int count = 0;
        List<InventoryLine> page = inventory.page(after, 3_000);
        while (!page.isEmpty()) {
            for (InventoryLine line : page) {
                assertThat(line.name().value()).isGreaterThan(after);
                after = line.name().value();
                count++;
            }
            page = inventory.page(after, 3_000);
        }
        assertThat(count).isEqualTo(MANY / 2);
    }

    @Test
    void knows_what_is_in_use_and_what_is_open() throws LifecycleException {
        List<InventoryLine> page = inventory.page("n0000009", 2);

        InventoryLine renewing = page.get(0);
        assertThat(renewing.name()).isEqualTo(CertificateName.of("n0000010"));
        assertThat(renewing.stage()).isEqualTo(Stage.OPENED);
        assertThat(renewing.lastOutcome()).contains("Waiting");
        assertThat(renewing.open().orElseThrow().nextAttemptAt()).contains(Instant.parse("2026-02-02T00:00:00Z"));
        assertThat(renewing.inUse().orElseThrow().validity().notAfter())
                .isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));

        InventoryLine quiet = page.get(1);
        assertThat(quiet.name()).isEqualTo(CertificateName.of("n0000012"));
        assertThat(quiet.open()).isEmpty();
        assertThat(quiet.lastOutcome()).contains("Renewed");
        assertThat(quiet.due())
                .contains(
                        new InventoryLine.DueThen(Instant.parse("2026-03-02T00:00:00Z"), RenewalReason.NEARING_EXPIRY));
        assertThat(quiet.wishDigest()).isEqualTo("n12.contoso.com||P_256|SERVICE|lab|[]");
    }

    /** A page costs what it shows, however many rows there are: no table is read from one end to the other. */
    @Test
    void reads_a_page_by_indexes_alone() throws LifecycleException {
        List<String> plan = DATABASE.database()
                .list(
                        "explain " + PostgresInventory.PAGE,
                        row -> row.text("QUERY PLAN"),
                        "n0005000",
                        100,
                        "n0005000",
                        100,
                        100);

        assertThat(plan)
                .noneMatch(step -> step.contains("Seq Scan"))
                .anyMatch(step -> step.contains("certificate_in_use_page"))
                .anyMatch(step -> step.contains("renewal_open_page"));
    }

    @Test
    void finds_what_is_due_by_an_index() throws LifecycleException {
        assertThat(DATABASE.database()
                        .list(
                                "explain select certificate_name from next_look where look_at <= ? order by look_at limit ?",
                                row -> row.text("QUERY PLAN"),
                                Instant.parse("2026-03-02T00:00:00Z"),
                                100))
                .anyMatch(step -> step.contains("next_look_due"));
    }
}
