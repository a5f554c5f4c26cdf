package io.certwright.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Instant AT = Instant.parse("2026-12-01T12:00:00Z");
    private static final String DIGEST = "0123456789ABCDEF".repeat(4);
    private static final PublishedTrust PUBLISHED = new PublishedTrust(
            ClientGroupName.of("clients"), DIGEST, AT, AT.plus(Duration.ofDays(14)), "wait", "/srv", "A".repeat(64));

    private static ClientGroup group(String share, String... hosts) {
        Optional<ExpectedClients> expected = hosts.length == 0
                ? Optional.empty()
                : Optional.of(ExpectedClients.of(
                        Stream.of(hosts).map(ClientHost::new).toList(),
                        Optional.of(share).filter(text -> !text.isEmpty()).map(ConfirmedShare::parse)));
        return new ClientGroup(
                ClientGroupName.of("clients"),
                true,
                Duration.ofDays(14),
                Duration.ofDays(30),
                List.of(),
                "out",
                UpdateSource.UNKNOWN,
                expected);
    }

    private static ClientReport has(String host) {
        return new ClientReport(new ClientHost(host), DIGEST.substring(0, 16), true, "", AT);
    }

    private static ClientReport lacks(String host) {
        return new ClientReport(new ClientHost(host), DIGEST.substring(0, 16), false, "missing Root AB", AT);
    }

    private static ClientReport hasAnother(String host) {
        return new ClientReport(new ClientHost(host), "F".repeat(16), true, "", AT);
    }

    @Test
    void counts_expected_hosts_alone_and_knows_who_is_missing() {
        Coverage coverage = Coverage.of(
                group("50%", "pc1.contoso.com", "pc2", "pc3", "pc4"),
                PUBLISHED,
                List.of(has("pc1"), lacks("pc2"), hasAnother("pc3"), has("stranger")));

        assertThat(coverage.having()).containsExactly(new ClientHost("pc1.contoso.com"));
        assertThat(coverage.lacking()).containsExactly(lacks("pc2"), hasAnother("pc3"));
        assertThat(coverage.silent()).containsExactly(new ClientHost("pc4"));
        assertThat(coverage.unknown()).containsExactly(new ClientHost("stranger"));
        assertThat(coverage.sentence()).isEqualTo("1 of 4 expected hosts have it, 50% wanted");
        assertThat(coverage.isEnough()).isFalse();
    }

    @Test
    void a_share_is_reached_exactly_and_never_by_rounding() {
        ClientGroup group = group("66.7%", "a", "b", "c");

        assertThat(Coverage.of(group, PUBLISHED, List.of(has("a"), has("b"))).isEnough())
                .isFalse();
        assertThat(Coverage.of(group("66.6%", "a", "b", "c"), PUBLISHED, List.of(has("a"), has("b")))
                        .isEnough())
                .isTrue();
        assertThat(Coverage.of(group("100%", "a"), PUBLISHED, List.of(has("a"))).isEnough())
                .isTrue();
    }

    @Test
    void one_machine_under_two_names_counts_once_by_its_later_word() {
        ClientReport later = new ClientReport(
                new ClientHost("pc1.contoso.com"), DIGEST.substring(0, 16), false, "missing", AT.plusSeconds(1));

        Coverage coverage = Coverage.of(group("50%", "pc1.contoso.com"), PUBLISHED, List.of(has("pc1"), later));

        assertThat(coverage.having()).isEmpty();
        assertThat(coverage.lacking()).containsExactly(later);
    }

    @Test
    void a_short_name_that_fits_two_hosts_is_unknown() {
        Coverage coverage = Coverage.of(group("50%", "pc1.a.example", "pc1.b.example"), PUBLISHED, List.of(has("pc1")));

        assertThat(coverage.unknown()).containsExactly(new ClientHost("pc1"));
        assertThat(coverage.silent()).hasSize(2);
    }

    @Test
    void without_a_list_or_a_share_reports_end_no_wait() {
        Coverage nobodyExpected = Coverage.of(group(""), PUBLISHED, List.of(has("a"), lacks("b")));

        assertThat(nobodyExpected.isEnough()).isFalse();
        assertThat(nobodyExpected.sentence())
                .isEqualTo("1 host reported to have it, 1 that they lack something;"
                        + " without expected-hosts nobody knows how many there are");
        assertThat(Coverage.of(group("", "a"), PUBLISHED, List.of(has("a"))).isEnough())
                .isFalse();
    }
}
