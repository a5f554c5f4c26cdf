package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Condition;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.testing.TestCa;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A CA that stops publishing lists is noticed before its last list ends; one that lives is left alone. */
final class ListFreshnessTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final TestCa CA = TestCa.root("CN=Test Root", START).intermediate("CN=Test Issuing");
    private static final X509Certificate LEAF =
            CA.leaf("wsus01.contoso.com").issue().leaf();
    private static final List<List<X509Certificate>> PATHS = List.of(List.of(LEAF, CA.certificate()));

    private final ListFreshness freshness = new ListFreshness();

    @Test
    void a_weekly_list_that_is_replaced_twelve_hours_ahead_never_worries_anybody() {
        for (int hour = 0; hour < 24 * 30; hour++) {
            Instant now = START.plus(Duration.ofHours(hour));
            long week = (hour + 12L) / (24L * 7);
            Instant until = START.plus(Duration.ofDays(7 * (week + 1)));

            assertThat(freshness.look(PATHS, List.of(good(until, now)), now))
                    .as("hour %d", hour)
                    .isEmpty();
        }
    }

    @Test
    void the_last_twentieth_without_a_next_list_is_told_with_what_is_left() {
        Instant until = START.plus(Duration.ofDays(7));
        assertThat(freshness.look(PATHS, List.of(good(until, START)), START)).isEmpty();
        Instant late = until.minus(Duration.ofHours(8));

        Condition told = freshness.look(PATHS, List.of(good(until, late)), late).get(0);

        assertThat(told.sentence())
                .isEqualTo("revocation list of CN=Test Issuing: ends in 8 hours, and no fresh one is there");
        assertThat(told.whatNext()).contains("certutil -crl");
    }

    @Test
    void a_list_that_ended_stays_told_while_nobody_can_say() {
        Instant until = START.plus(Duration.ofDays(7));
        freshness.look(PATHS, List.of(good(until, START)), START);
        Instant after = until.plus(Duration.ofHours(3));
        Observation stale = new RevocationUnknown(Sha256Fingerprint.of(LEAF), "stale", after);

        assertThat(freshness.look(PATHS, List.of(stale), after))
                .extracting(Condition::sentence)
                .containsExactly("revocation list of CN=Test Issuing: ended, and no fresh one is there");
    }

    @Test
    void a_fresh_list_ends_it() {
        Instant until = START.plus(Duration.ofDays(7));
        freshness.look(PATHS, List.of(good(until, START)), START);
        Instant late = until.minus(Duration.ofHours(2));
        assertThat(freshness.look(PATHS, List.of(good(until, late)), late)).hasSize(1);

        Instant next = late.plus(Duration.ofHours(1));
        assertThat(freshness.look(PATHS, List.of(good(until.plus(Duration.ofDays(7)), next)), next))
                .isEmpty();
    }

    @Test
    void a_ca_that_never_answered_is_left_alone() {
        Observation unknown = new RevocationUnknown(Sha256Fingerprint.of(LEAF), "names no list", START);

        assertThat(freshness.look(PATHS, List.of(unknown), START.plus(Duration.ofDays(400))))
                .isEmpty();
    }

    @Test
    void a_ca_that_is_not_in_use_any_more_is_forgotten() {
        Instant until = START.plus(Duration.ofDays(7));
        freshness.look(PATHS, List.of(good(until, START)), START);

        assertThat(freshness.look(List.of(), List.of(), until.plus(Duration.ofDays(1))))
                .isEmpty();
    }

    private static Observation good(Instant until, Instant now) {
        return new NotRevoked(Sha256Fingerprint.of(LEAF), until, now);
    }
}
