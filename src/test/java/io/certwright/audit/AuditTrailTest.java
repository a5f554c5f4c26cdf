package io.certwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.PostgresAuditTrail;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The entries on the real table, and the chain over them. */
final class AuditTrailTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00.123456789Z");
    private static final Actor ANNA = new Actor("anna", "pki01");

    private final MovableClock clock = new MovableClock(NOON);
    private AuditTrail trail;

    @BeforeEach
    void open() throws LifecycleException {
        DATABASE.empty();
        trail = new PostgresAuditTrail(DATABASE.database(), ANNA, clock);
    }

    private void writeThree() throws LifecycleException {
        trail.record(AuditAct.RENEW, "certificate wsus01", "--accept-untrusting-clients; renewed");
        clock.advance(Duration.ofMinutes(1));
        trail.record(AuditAct.TRUST_CONFIRM, "client group pcs", "all clients have the package in trust/pcs");
        trail.record(AuditAct.REVOKE, "certificate wsus01", "serial 01 of issuer lab, reason superseded");
    }

    /** As somebody would who owns the database. */
    private void tamper(String sql) throws LifecycleException {
        DATABASE.database().update("alter table audit_entry disable trigger audit_stands");
        try {
            DATABASE.database().update(sql);
        } finally {
            DATABASE.database().update("alter table audit_entry enable trigger audit_stands");
        }
    }

    @Test
    void an_entry_says_who_did_what_when_and_where() throws LifecycleException {
        writeThree();

        assertThat(trail.listNewest(10)).extracting(AuditEntry::number).containsExactly(3L, 2L, 1L);
        AuditEntry first = trail.listAfter(0, 1).get(0);
        assertThat(first.at()).isEqualTo("2026-12-01T12:00:00.123456Z");
        assertThat(first.actor()).isEqualTo(ANNA);
        assertThat(first.act()).isEqualTo(AuditAct.RENEW);
        assertThat(first.subject()).isEqualTo("certificate wsus01");
        assertThat(first.details()).isEqualTo("--accept-untrusting-clients; renewed");
    }

    @Test
    void the_chain_holds_and_names_its_last_hash() throws LifecycleException {
        assertThat(new AuditChain(trail).verify().entries()).isZero();
        writeThree();

        AuditChain.Verdict verdict = new AuditChain(trail).verify();

        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(3);
        assertThat(verdict.lastHash()).isEqualTo(trail.listNewest(1).get(0).hash());
    }

    @Test
    void an_entry_that_was_changed_shows() throws LifecycleException {
        writeThree();
        tamper("update audit_entry set person = 'ben' where number = 2");

        assertThat(new AuditChain(trail).verify().fault())
                .contains("audit entry 2: its hash does not fit, so it or the one before was changed in the database");
    }

    @Test
    void an_entry_that_was_removed_shows() throws LifecycleException {
        writeThree();
        tamper("delete from audit_entry where number = 2");

        assertThat(new AuditChain(trail).verify().fault())
                .contains(
                        "audit entry 2: it is missing, the next one there is 3; somebody removed it from the database");
    }

    @Test
    void the_schema_refuses_to_change_or_remove_one() throws LifecycleException {
        writeThree();

        for (String sql : List.of("update audit_entry set person = 'ben'", "delete from audit_entry")) {
            assertThatThrownBy(() -> DATABASE.database().update(sql))
                    .hasMessageContaining("audit entries are never changed and never removed");
        }
    }

    @Test
    void an_entry_falls_with_the_act_it_tells_of() throws LifecycleException {
        assertThatThrownBy(() -> DATABASE.database().inTransaction(() -> {
                    trail.record(AuditAct.BIND, "certificate wsus01", "renewed");
                    throw new LifecycleException(FailureKind.INTERNAL, "LATER", "what comes after it fails");
                }))
                .hasMessage("what comes after it fails");

        assertThat(trail.listNewest(10)).isEmpty();
    }

    @Test
    void many_that_write_at_once_make_one_chain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int number = i;
                writers.add(() -> {
                    trail.record(AuditAct.ISSUE, "certificate c" + number, "issued");
                    return number;
                });
            }
            for (Future<Integer> written : threads.invokeAll(writers)) {
                assertThat(written.get()).isNotNegative();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(new AuditChain(trail).verify().entries()).isEqualTo(40);
        assertThat(new AuditChain(trail).verify().fault()).isEmpty();
    }

    @Test
    void foreign_text_can_not_forge_another_entry() {
        AuditEntry one = AuditEntry.after(0, AuditEntry.BEGINNING, NOON, ANNA, AuditAct.BIND, "a", "b\n1:c");
        AuditEntry other = AuditEntry.after(0, AuditEntry.BEGINNING, NOON, ANNA, AuditAct.BIND, "a\n1:b", "c");

        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(new Actor("anna\u001b[2J", " ")).isEqualTo(new Actor("anna\\u001b[2J", "unknown"));
    }
}
