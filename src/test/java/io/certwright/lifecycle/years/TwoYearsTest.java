package io.certwright.lifecycle.years;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.testing.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole lives of certificates: whatever befalls CAs, servers and people, nothing expired is served, and clients come first. */
class TwoYearsTest {
    private static final long SEED = 20_260_302;

    private static final int USUAL_TROUBLE = 12;
    private static final int MUCH_TROUBLE = 3;

    @Test
    @Tag("long")
    void two_years_of_fifty_certificates_never_serve_an_expired_one() throws LifecycleException {
        Tally tally = years(SEED, 50, Duration.ofDays(730), Town.Planted.NOTHING, USUAL_TROUBLE, List.of());

        assertThat(tally.get("outcome Renewed")).isGreaterThan(1_800);
        assertThat(tally.get("failover to the second CA")).isGreaterThanOrEqualTo(20);
        assertThat(tally.get("failover handed back")).isGreaterThanOrEqualTo(20);
        assertThat(Stream.concat(
                        Arrays.stream(FailureKind.values()).map(Tally::of),
                        Arrays.stream(HoldKind.values()).map(Tally::of)))
                .allSatisfy(what -> assertThat(tally.get(what)).as(what).isGreaterThanOrEqualTo(20));
    }

    @Test
    void a_few_weeks_of_some_certificates_never_serve_an_expired_one() throws LifecycleException {
        Tally tally = years(SEED + 1, 20, Duration.ofDays(60), Town.Planted.NOTHING, USUAL_TROUBLE, List.of());

        assertThat(tally.get("outcome Renewed")).isGreaterThan(40);
        assertThat(tally.get("failover to the second CA")).isPositive();
    }

    @Test
    void binding_before_clients_have_the_trust_is_found_out() throws LifecycleException {
        years(
                SEED + 2,
                15,
                Duration.ofDays(120),
                Town.Planted.BINDS_BEFORE_TRUST,
                USUAL_TROUBLE,
                List.of("before its clients accept it"));
    }

    @Test
    void a_restore_that_is_dropped_is_found_out() throws LifecycleException {
        years(
                SEED + 3,
                15,
                Duration.ofDays(120),
                Town.Planted.DROPS_RESTORES,
                MUCH_TROUBLE,
                List.of("is not pointed back"));
    }

    /** Runs and prints; the breaches must be exactly of the kinds that are expected. */
    private static Tally years(
            long seed, int size, Duration span, Town.Planted planted, int troubleOneIn, List<String> expected)
            throws LifecycleException {
        try (TestDatabase test = TestDatabase.open()) {
            String name = test.database()
                    .find("select current_database() as name", row -> row.text("name"))
                    .orElseThrow();
            // Nobody pulls the plug here, and a commit that need not reach the disk is much cheaper.
            test.database().update("alter database " + name + " set synchronous_commit = off");
            try (Database database = Database.single(test.address(), DatabaseLimits.standard())) {
                Random random = new Random(seed);
                Years years = new Years(new Town(database, size, random, planted), random, troubleOneIn);
                List<String> breaches = years.pass(span);
                System.out.println("years: seed " + seed + ", " + size + " certificates, " + span.toDays() + " days"
                        + years.tally());
                assertThat(breaches).hasSize(expected.size());
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(breaches.get(i)).contains(expected.get(i));
                }
                return years.tally();
            }
        }
    }
}
