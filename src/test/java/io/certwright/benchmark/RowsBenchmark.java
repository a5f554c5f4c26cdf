package io.certwright.benchmark;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.InventoryLine;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.PostgresInventory;
import io.certwright.store.postgres.PostgresLooks;
import io.certwright.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the planner and a list of 100 lines ask the database, with a thousand and a million certificates in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class RowsBenchmark {
    private static final int PAGE = 100;

    /** So many rows are stored well within the limit of a statement. */
    private static final int CHUNK = 50_000;

    private static final Instant DUE = Instant.parse("2026-03-02T00:00:00Z");

    @Param({"1000", "1000000"})
    public int rows;

    private TestDatabase data;
    private PostgresInventory inventory;
    private PostgresLooks looks;
    private String middle;

    /** All certificates in use, every tenth with an open renewal, 100 due at one moment, whatever the number of rows. */
    @Setup(Level.Trial)
    public void fill() throws LifecycleException {
        data = TestDatabase.open();
        Database database = data.database();
        for (int from = 0; from < rows; from += CHUNK) {
            add(database, from, Math.min(rows, from + CHUNK));
        }
        database.update("analyze");
        inventory = new PostgresInventory(database);
        looks = new PostgresLooks(database);
        middle = String.format(Locale.ROOT, "n%07d", rows / 2);
    }

    private static void add(Database database, int from, int to) throws LifecycleException {
        database.update("""
                insert into renewal (id, certificate_name, reason, issuer, wish_digest, opened_at, outcome, sentence, outcome_at, closed_at)
                select gen_random_uuid(), 'n' || lpad(i::text, 7, '0'), 'NEARING_EXPIRY', 'lab',
                    'n' || i || '.contoso.com||P_256|SERVICE|lab|[]', t, 'Renewed', 'renewed', t, t
                from generate_series(?, ? - 1) i, (values (timestamptz '2026-01-01 00:00Z')) as v(t)""", from, to);
        database.update("""
                insert into certificate (sha256, thumbprint, certificate_name, renewal_id, issuer, wish_digest, chain, serial, not_before,
                    not_after, received_at, accepted_at, in_use_since, in_use)
                select upper(encode(sha256(certificate_name::bytea), 'hex')), upper(left(encode(sha256(certificate_name::bytea), 'hex'), 40)),
                    certificate_name, id, issuer, wish_digest, '\\x00', '0A', opened_at, opened_at + interval '90 days', opened_at,
                    opened_at, opened_at, true
                from renewal where certificate_name >= 'n' || lpad(?::text, 7, '0')""", from);
        database.update("""
                insert into renewal (id, certificate_name, reason, issuer, wish_digest, opened_at, outcome, sentence, outcome_at,
                    next_attempt_at)
                select gen_random_uuid(), 'n' || lpad(i::text, 7, '0'), 'FORCED', 'lab', 'n' || i || '.contoso.com||P_256|SERVICE|lab|[]',
                    timestamptz '2026-02-01 00:00Z', 'Waiting', 'waiting: approval', timestamptz '2026-02-01 00:00Z',
                    timestamptz '2026-02-02 00:00Z'
                from generate_series(?, ? - 1, 10) i""", from, to);
        database.update("""
                insert into next_look (certificate_name, reason, look_at, due_at, due_reason)
                select 'n' || lpad(i::text, 7, '0'), 'renew', at, at, 'NEARING_EXPIRY'
                from generate_series(?, ? - 1) i,
                    lateral (select timestamptz '2026-03-01 00:00Z' + case when i < 100 then interval '1 hour' else interval '30 days' end) as t(at)""", from, to);
    }

    @TearDown(Level.Trial)
    public void drop() throws LifecycleException {
        data.close();
    }

    @Benchmark
    public List<CertificateName> due() throws LifecycleException {
        return looks.listDue(DUE, PAGE);
    }

    @Benchmark
    public List<InventoryLine> page() throws LifecycleException {
        return inventory.page(middle, PAGE);
    }
}
