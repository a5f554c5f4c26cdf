package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.audit.Actor;
import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditEntry;
import io.certwright.audit.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditCommandTest {
    private static final String NL = System.lineSeparator();
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final KeptTrail trail = new KeptTrail();

    /** Entries in memory, chained as the real ones are. */
    private static final class KeptTrail implements AuditTrail {
        private final List<AuditEntry> entries = new ArrayList<>();

        @Override
        public void record(AuditAct act, String subject, String details) {
            String before = entries.isEmpty()
                    ? AuditEntry.BEGINNING
                    : entries.get(entries.size() - 1).hash();
            entries.add(
                    AuditEntry.after(entries.size(), before, NOON, new Actor("anna", "pki01"), act, subject, details));
        }

        @Override
        public List<AuditEntry> listNewest(int limit) {
            List<AuditEntry> newest = new ArrayList<>(entries);
            Collections.reverse(newest);
            return newest.subList(0, Math.min(limit, newest.size()));
        }

        @Override
        public List<AuditEntry> listAfter(long number, int limit) {
            return entries.stream()
                    .filter(entry -> entry.number() > number)
                    .limit(limit)
                    .toList();
        }
    }

    private Run run(String... words) {
        return Run.of(
                OpenedHouse.of(new ClosedRooms() {
                    @Override
                    public AuditTrail audit() {
                        return trail;
                    }
                }),
                words);
    }

    @Test
    void lists_the_newest_first() {
        trail.record(AuditAct.RENEW, "certificate wsus01", "--force; renewed");
        trail.record(AuditAct.TRUST_CONFIRM, "client group pcs", "all clients have it");
        String noon = LocalTimes.here().moment(NOON);

        assertThat(run("audit", "list").out().lines())
                .containsExactly(
                        "NUMBER  WHEN                        WHO            DID            ON                  AND SO",
                        "     2  " + noon + "  anna on pki01  trust confirm  client group pcs    all clients have it",
                        "     1  " + noon + "  anna on pki01  renew          certificate wsus01  --force; renewed");
        assertThat(run("audit", "list", "--limit", "1", "--json").out())
                .isEqualTo("{\"entries\":[{\"number\":2,\"at\":\"2026-12-01T12:00:00Z\",\"person\":\"anna\","
                        + "\"host\":\"pki01\",\"act\":\"trust confirm\",\"subject\":\"client group pcs\","
                        + "\"details\":\"all clients have it\",\"hash\":\""
                        + trail.listNewest(1).get(0).hash() + "\"}]}" + NL);
    }

    @Test
    void says_that_nothing_was_done_yet() {
        assertThat(run("audit", "list")).isEqualTo(new Run(0, "nothing was done by hand yet" + NL, ""));
        assertThat(run("audit", "verify").out()).isEqualTo("0 entries hold, the last hash is " + "0".repeat(64) + NL);
    }

    @Test
    void refuses_a_limit_below_one() {
        assertThat(run("audit", "list", "--limit", "0"))
                .isEqualTo(new Run(2, "", "certwright: audit list: --limit: got 0, wanted 1 or more" + NL));
    }

    @Test
    void says_that_the_chain_holds() {
        trail.record(AuditAct.RENEW, "certificate wsus01", "renewed");

        String last = trail.listNewest(1).get(0).hash();

        assertThat(run("audit", "verify")).isEqualTo(new Run(0, "1 entry holds, the last hash is " + last + NL, ""));
        assertThat(run("audit", "verify", "--json").out())
                .isEqualTo("{\"holds\":true,\"entries\":1,\"lastHash\":\"" + last + "\"}" + NL);
    }

    @Test
    void ends_with_findings_where_an_entry_was_changed() {
        trail.record(AuditAct.RENEW, "certificate wsus01", "renewed");
        trail.record(AuditAct.REVOKE, "certificate wsus01", "reason keyCompromise");
        AuditEntry second = trail.entries.get(1);
        trail.entries.set(
                1,
                new AuditEntry(
                        second.number(),
                        second.at(),
                        new Actor("ben", "pki01"),
                        second.act(),
                        second.subject(),
                        second.details(),
                        second.hash()));

        Run run = run("audit", "verify");

        assertThat(run.exit()).isEqualTo(10);
        assertThat(run.out().lines())
                .containsExactly(
                        "audit entry 2: its hash does not fit, so it or the one before was changed in the database",
                        "1 entry holds, the last hash is "
                                + trail.entries.get(0).hash());
    }
}
