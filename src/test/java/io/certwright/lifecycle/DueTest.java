package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RenewalWindow;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.policy.Allowance;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DueTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final TestCa CA = TestCa.root("CN=Test Root", START).intermediate("CN=Test Issuing");

    @Test
    void without_a_certificate_it_is_due_now() {
        Due due = Due.of(draft().wish(), Optional.empty(), Due.Lead.NONE, Optional.empty(), START);

        assertThat(due).isEqualTo(new Due(START, RenewalReason.FIRST, "there is no certificate yet", Optional.empty()));
        assertThat(due.isDueAt(START)).isTrue();
    }

    // Lifetime, wait of the clients, longest gap of the window; then when it starts, and whether the lead decides.
    @ParameterizedTest
    @CsvSource({
        "PT1H,    PT0S,   PT0S,    PT39M36S,     share",
        "PT6H,    PT0S,   PT0S,    PT3H57M36S,   share",
        "P1D,     PT0S,   PT0S,    PT15H50M24S,  share",
        "P6D,     PT0S,   PT0S,    PT95H2M24S,   share",
        "P47D,    PT0S,   PT0S,    PT744H28M48S, share",
        "P90D,    PT0S,   PT0S,    PT1425H36M,   share",
        "P200D,   PT0S,   PT0S,    PT3168H,      share",
        "P398D,   PT0S,   PT0S,    PT6304H19M12S, share",
        "P730D,   PT0S,   PT0S,    PT11563H12M,  share",
        "P3650D,  PT0S,   PT0S,    PT57816H,     share",
        "P90D,    P14D,   P7D,     PT1425H36M,   share", // 59.4 days; the lead would allow 66
        "P90D,    P30D,   PT0S,    PT1368H,      lead", // 90 - 30 - 3
        "P90D,    P30D,   P7D,     PT1200H,      lead", // 90 - 30 - 7 - 3
        "P47D,    P14D,   P7D,     PT567H36M,    lead", // 47 - 21 - 2.35
        "P6D,     P2D,    PT0S,    PT88H48M,     lead", // 6 - 2 - 0.3
        "PT1H,    PT20M,  PT0S,    PT37M,        lead",
        "P6D,     P14D,   PT0S,    PT36H,        lead", // the wait does not fit: never before a quarter of the lifetime
        "P90D,    P400D,  PT0S,    PT540H,       lead"
    })
    void it_starts_at_the_share_or_as_early_as_wait_window_and_retries_need(
            Duration lifetime, Duration wait, Duration gap, Duration start, String decides) {
        StoredCertificate current = stored(draft().wish(), lifetime);

        Due due = Due.of(draft().wish(), Optional.of(current), new Due.Lead(wait, gap), Optional.empty(), START);

        assertThat(Duration.between(START, due.at())).isEqualTo(start);
        assertThat(due.sentence())
                .isEqualTo(
                        decides.equals("share")
                                ? "66% of its lifetime"
                                : "so that clients' trust, maintenance window and retries fit before it ends");
        assertThat(due.ends()).contains(START.plus(lifetime));
        assertThat(due.isDueAt(due.at().minusSeconds(1))).isFalse();
        assertThat(due.isDueAt(due.at())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT3M", "P6D, PT7H12M", "P60D, P3D", "P90D, P3D", "P3650D, P3D"})
    void the_margin_for_retries_is_a_twentieth_of_the_lifetime_and_at_most_three_days(
            Duration lifetime, Duration margin) {
        assertThat(Due.marginFor(lifetime)).isEqualTo(margin);
    }

    @Test
    void jitter_only_moves_it_earlier_and_is_steady_for_one_certificate() {
        ManagedCertificate wish = draft().renewedAt(0.66, 0.10).wish();
        Duration lifetime = Duration.ofDays(100);
        boolean anyMoved = false;
        for (int i = 0; i < 40; i++) {
            StoredCertificate current = stored(wish, lifetime);
            Due due = Due.of(wish, Optional.of(current), Due.Lead.NONE, Optional.empty(), START);

            assertThat(Duration.between(START, due.at()))
                    .isBetween(Duration.ofDays(56).minusSeconds(1), Duration.ofDays(66));
            assertThat(Due.of(wish, Optional.of(current), Due.Lead.NONE, Optional.empty(), START.plusSeconds(99)))
                    .isEqualTo(due);
            assertThat(due.sentence()).isEqualTo("66% of its lifetime, moved earlier by chance");
            anyMoved |= due.at().isBefore(START.plus(Duration.ofDays(64)));
        }
        assertThat(anyMoved).isTrue();
    }

    @Test
    void a_revoked_certificate_is_due_now_for_the_strongest_reason() {
        StoredCertificate revoked = revoked(stored(draft().wish(), Duration.ofDays(90)));

        Due due = Due.of(
                draft().dns("other.contoso.com").wish(),
                Optional.of(revoked),
                Due.Lead.NONE,
                Optional.of("refused"),
                START);

        assertThat(due.reason()).isEqualTo(RenewalReason.REVOKED);
        assertThat(due.sentence()).isEqualTo("the certificate in use is revoked");
    }

    @Test
    void what_of_the_wish_changed_is_named_the_names_first() {
        StoredCertificate current = stored(draft().wish(), Duration.ofDays(90));

        assertThat(changed(draft(), current)).isEmpty();
        assertThat(changed(draft().dns("wsus01.contoso.com", "b.contoso.com"), current))
                .contains(RenewalReason.NAMES_CHANGED);
        assertThat(changed(draft().key(KeySpec.RSA_3072), current)).contains(RenewalReason.KEY_SPEC_CHANGED);
        assertThat(changed(draft().from("other"), current)).contains(RenewalReason.ISSUER_CHANGED);
        assertThat(changed(draft().allowing(Allowance.WILDCARD), current)).contains(RenewalReason.POLICY_CHANGED);
        assertThat(changed(draft().key(KeySpec.RSA_3072).from("other"), current))
                .contains(RenewalReason.ISSUER_CHANGED);
        assertThat(changed(draft().key(KeySpec.RSA_3072).dns("x.contoso.com"), current))
                .contains(RenewalReason.NAMES_CHANGED);
    }

    @Test
    void the_order_in_which_names_are_written_changes_nothing() {
        ManagedCertificate then = draft().dns("a.contoso.com", "b.contoso.com").wish();

        assertThat(Due.whatChanged(
                        draft().dns("b.contoso.com", "a.contoso.com").wish(), stored(then, Duration.ofDays(90))))
                .isEmpty();
    }

    @Test
    void where_it_is_bound_who_is_told_and_when_it_is_renewed_changes_nothing() {
        StoredCertificate current = stored(draft().wish(), Duration.ofDays(90));

        assertThat(changed(draft().telling().renewedAt(0.5, 0.2).forClients("pcs"), current))
                .isEmpty();
    }

    @Test
    void a_wish_recorded_in_another_form_counts_as_changed() {
        StoredCertificate current = stored(draft().wish(), Duration.ofDays(90));
        StoredCertificate old = new StoredCertificate(
                current.name(),
                current.certificate(),
                current.issuer(),
                "v0",
                current.renewal(),
                current.key(),
                current.hostKey(),
                current.receivedAt(),
                current.acceptedAt(),
                current.inUseSince(),
                current.plannedSwitchOver(),
                current.retiredAt(),
                current.revokedAt());

        assertThat(Due.whatChanged(draft().wish(), old)).contains(RenewalReason.NAMES_CHANGED);
    }

    @Test
    void a_certificate_that_the_checks_refuse_today_is_due_now() {
        StoredCertificate current = stored(draft().wish(), Duration.ofDays(90));

        Due due = Due.of(
                draft().wish(),
                Optional.of(current),
                Due.Lead.NONE,
                Optional.of("no trusted path"),
                START.plusSeconds(5));

        assertThat(due.at()).isEqualTo(START.plusSeconds(5));
        assertThat(due.reason()).isEqualTo(RenewalReason.POLICY_CHANGED);
        assertThat(due.sentence()).isEqualTo("the checks refuse the certificate in use: no trusted path");
    }

    private static TestWish draft() {
        return TestWish.named("wsus01");
    }

    private static Optional<RenewalReason> changed(TestWish now, StoredCertificate then) {
        return Due.whatChanged(now.wish(), then);
    }

    private static StoredCertificate stored(ManagedCertificate wish, Duration lifetime) {
        IssuedCertificate certificate =
                CA.leaf("wsus01.contoso.com").valid(START, START.plus(lifetime)).issue();
        return new StoredCertificate(
                wish.name(),
                certificate,
                new IssuerName("lab"),
                wish.wishDigest(),
                new UUID(0, 1),
                Optional.empty(),
                Optional.empty(),
                START,
                Optional.of(START),
                Optional.of(START),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    // Lifetime 90 days, due after 59.4: the CA's window, and when the renewal starts then.
    @ParameterizedTest
    @CsvSource({
        "P50D,  P52D,  true", // earlier: the CA's word counts
        "P70D,  P72D,  false", // later: it does not
        "-P9D,  -P8D,  true" // long ago: soon, yet not so soon that it is renewed again and again
    })
    void what_the_ca_suggests_only_ever_moves_it_earlier(Duration opens, Duration closes, boolean counts) {
        StoredCertificate current = stored(draft().wish(), Duration.ofDays(90));
        Due plain = Due.of(draft().wish(), Optional.of(current), Due.Lead.NONE, Optional.empty(), START);
        RenewalWindow window =
                new RenewalWindow(START.plus(opens), START.plus(closes), Optional.of("https://ca.test/why"));

        Due due = plain.noLaterThan(window, current);

        if (!counts) {
            assertThat(due).isEqualTo(plain);
            return;
        }
        assertThat(due.reason()).isEqualTo(RenewalReason.SUGGESTED_BY_CA);
        assertThat(due.sentence()).isEqualTo("the CA suggests it (https://ca.test/why)");
        Instant earliest = START.plus(Duration.ofDays(1));
        Instant from = window.opens().isBefore(earliest) ? earliest : window.opens();
        Instant to = window.closes().isBefore(earliest) ? earliest : window.closes();
        assertThat(due.at()).isBetween(from, to);
    }

    @Test
    void a_stronger_reason_than_the_end_is_not_moved_by_the_ca() {
        StoredCertificate current = revoked(stored(draft().wish(), Duration.ofDays(90)));
        Due now = Due.of(draft().wish(), Optional.of(current), Due.Lead.NONE, Optional.empty(), START.plusSeconds(9));
        RenewalWindow past = new RenewalWindow(START.minusSeconds(9), START.minusSeconds(8), Optional.empty());
        assertThat(now.noLaterThan(past, current)).isEqualTo(now);
    }

    private static StoredCertificate revoked(StoredCertificate stored) {
        return new StoredCertificate(
                stored.name(),
                stored.certificate(),
                stored.issuer(),
                stored.wishDigest(),
                stored.renewal(),
                stored.key(),
                stored.hostKey(),
                stored.receivedAt(),
                stored.acceptedAt(),
                stored.inUseSince(),
                stored.plannedSwitchOver(),
                stored.retiredAt(),
                Optional.of(START));
    }
}
