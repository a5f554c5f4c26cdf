package io.certwright.binding.iis;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.windows.simulated.Mishap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every call of a renewal fails once, before and after its effect, in every way a host can fail. Whatever comes of it: the server serves
 * the wished certificate or the old one, the outcome says which, and the next run ends well.
 */
final class IisFaultMatrixTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Map<String, Integer> counts = new TreeMap<>();

    @Test
    @Tag("long")
    void every_fault_at_every_call_leaves_the_wished_or_the_old_certificate() throws Exception {
        matrix(1);
    }

    /** A share of the whole that differs in its steps from the number of kinds, so that every kind comes up. */
    @Test
    void a_share_of_the_faults_leaves_the_wished_or_the_old_certificate() throws Exception {
        matrix(31);
    }

    private void matrix(int step) throws Exception {
        int calls = callsOfARenewal();
        int number = 0;
        for (int call = 0; call < calls; call++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                for (Mishap.Kind kind : Mishap.Kind.values()) {
                    if (number++ % step == 0) {
                        counts.merge(outcomeOf(call, afterEffect, kind), 1, Integer::sum);
                    }
                }
            }
        }
        System.out.println("Faults at the " + calls + " calls of a renewal, by outcome and what is served: " + counts);
        assertThat(counts).containsOnlyKeys("Failed old", "RolledBack old");
    }

    private static int callsOfARenewal() throws Exception {
        try (IisHouse house = new IisHouse(DATABASE)) {
            house.bench.renewed();
            int before = house.server.called().size();
            house.bench.renewed(Urge.FORCE);
            return house.server.called().size() - before;
        }
    }

    private static String outcomeOf(int call, boolean afterEffect, Mishap.Kind kind) throws Exception {
        try (IisHouse house = new IisHouse(DATABASE)) {
            Thumbprint old = house.bench.renewed().certificate().thumbprint();
            house.server.plan(Mishap.atCall(call, afterEffect, kind));

            RenewalOutcome outcome = house.bench.renew(Urge.FORCE);

            String where = "call " + call + (afterEffect ? " after " : " before ") + kind + ": " + outcome.sentence();
            String served = house.served().equals(Optional.of(old)) ? " old" : " new";
            house.server.forgetMishaps();
            assertConsistent(house, outcome, old, where);
            assertEndsWell(house, where);
            return outcome.word() + served;
        }
    }

    private static void assertConsistent(IisHouse house, RenewalOutcome outcome, Thumbprint old, String where)
            throws LifecycleException {
        Optional<Thumbprint> served = house.served();
        if (outcome instanceof RenewalOutcome.Renewed renewed) {
            assertThat(served).as(where).contains(renewed.certificate().thumbprint());
            assertThat(house.inUse()).as(where).isEqualTo(renewed.certificate().thumbprint());
        } else {
            assertThat(outcome).as(where).isInstanceOfAny(RenewalOutcome.Failed.class, RenewalOutcome.RolledBack.class);
            assertThat(served).as(where).contains(old);
            assertThat(house.inUse()).as(where).isEqualTo(old);
        }
    }

    private static void assertEndsWell(IisHouse house, String where) throws LifecycleException {
        if (house.bench.open().isPresent()) {
            RenewalOutcome again = house.bench.renew(Urge.BIND);
            assertThat(again).as(where + "; then " + again.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
            assertThat(house.served()).as(where).contains(house.inUse());
        }
    }

    /** What a killed process leaves behind, the next one completes. */
    @Test
    void a_process_killed_at_any_visit_leaves_a_server_that_the_next_one_completes() throws Exception {
        int visits = 0;
        boolean killed = true;
        while (killed) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                killed = isKilledAndCompleted(visits, afterEffect);
            }
            visits++;
        }
        System.out.println("Killed before and after each of " + (visits - 1) + " visits of a renewal, and completed.");
        assertThat(visits).isGreaterThan(8);
    }

    private static boolean isKilledAndCompleted(int visit, boolean afterEffect) throws Exception {
        try (IisHouse house = new IisHouse(DATABASE)) {
            Thumbprint old = house.bench.renewed().certificate().thumbprint();
            Killer killer = new Killer(house.server.host(), visit, afterEffect);
            house.reach(killer);
            try {
                house.bench.renew(Urge.FORCE);
            } catch (Killer.Killed killed) {
                assertThat(house.served()).as("visit " + visit).isPresent();
            }
            house.reach(house.server.host());
            String where = "killed " + (afterEffect ? "after" : "before") + " visit " + visit;
            if (killer.hasKilled()) {
                assertThat(house.bench.renew()).as(where).isInstanceOf(RenewalOutcome.Renewed.class);
            }
            assertThat(house.served()).as(where).contains(house.inUse()).isNotEqualTo(Optional.of(old));
            return killer.hasKilled();
        }
    }
}
