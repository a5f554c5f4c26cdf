package io.certwright.policy;

import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.ROOT;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.testing.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeChecksTest {
    private static final String LEAF = "certificate CN=wsus.certwright.test (#): ";
    private static final Instant OPENS = Instant.parse("2026-11-22T11:00:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T13:00:00Z");

    private final IssuedCertificate shortLived = leaf().valid(OPENS, CLOSES).issue();

    @Test
    void accepts_both_ends_and_every_fraction_of_the_last_second() {
        for (String at :
                new String[] {"2026-11-22T11:00:00Z", "2026-11-22T13:00:00Z", "2026-11-22T13:00:00.999999999Z"}) {
            assertThat(told(shortLived, wanting(), Instant.parse(at))).isEmpty();
        }
    }

    @Test
    void refuses_a_certificate_a_moment_too_early_or_too_late() {
        assertThat(told(shortLived, wanting(), OPENS.minusNanos(1)))
                .containsExactly("ERROR NOT_YET_VALID: " + LEAF
                        + "valid only from 2026-11-22T11:00:00Z, wanted one valid at 2026-11-22T10:59:59Z");
        assertThat(told(shortLived, wanting(), CLOSES.plusSeconds(1)))
                .containsExactly("ERROR EXPIRED: " + LEAF
                        + "expired at 2026-11-22T13:00:00Z, wanted one valid at 2026-11-22T13:00:01Z");
    }

    @Test
    void refuses_an_issuing_ca_that_is_expired_or_not_yet_valid() {
        TestCa expired = ROOT.intermediateDraft("CN=Late CA")
                .validFor(Duration.ofDays(-9), Duration.ofDays(-1))
                .asCa();
        TestCa early = ROOT.intermediateDraft("CN=Early CA")
                .validFor(Duration.ofDays(1), Duration.ofDays(900))
                .asCa();

        assertThat(told(expired.leaf(NAME), wanting()))
                .containsExactly(
                        "WARNING OUTLIVES_ISSUER: " + LEAF
                                + "valid until 2027-02-19T12:00:00Z, but its issuer, certificate "
                                + "CN=Late CA (#), only until 2026-11-21T12:00:00Z",
                        "ERROR CA_EXPIRED: CA certificate CN=Late CA (#): expired at 2026-11-21T12:00:00Z, wanted one valid at "
                                + "2026-11-22T12:00:00Z");
        assertThat(told(early.leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR CA_NOT_YET_VALID: CA certificate CN=Early CA (#): valid only from 2026-11-23T12:00:00Z, "
                                + "wanted one valid at 2026-11-22T12:00:00Z");
    }

    @Test
    void refuses_an_anchor_that_is_expired_or_not_yet_valid() {
        TestCa expired = TestCa.rootDraft("CN=Late Root", NOW)
                .validFor(Duration.ofDays(-9), Duration.ofDays(-1))
                .asRoot();
        TestCa early = TestCa.rootDraft("CN=Early Root", NOW)
                .validFor(Duration.ofDays(1), Duration.ofDays(900))
                .asRoot();

        assertThat(told(expired.leaf(NAME), wanting().withAnchors(List.of(expired.certificate()))))
                .contains(
                        "ERROR ANCHOR_EXPIRED: trust anchor, certificate CN=Late Root (#): expired at 2026-11-21T12:00:00Z, "
                                + "wanted one valid at 2026-11-22T12:00:00Z");
        assertThat(told(early.leaf(NAME), wanting().withAnchors(List.of(early.certificate()))))
                .containsExactly(
                        "ERROR ANCHOR_NOT_YET_VALID: trust anchor, certificate CN=Early Root (#): valid only from "
                                + "2026-11-23T12:00:00Z, wanted one valid at 2026-11-22T12:00:00Z");
    }

    @Test
    void tells_what_else_is_wrong_with_an_expired_certificate() {
        TestCa narrow = ROOT.intermediateDraft("CN=Narrow CA")
                .permittedDns("contoso.com")
                .asCa();

        assertThat(told(narrow.leaf(NAME).validFor(Duration.ofDays(-9), Duration.ofDays(-1)), wanting()))
                .containsExactly(
                        "ERROR EXPIRED: " + LEAF
                                + "expired at 2026-11-21T12:00:00Z, wanted one valid at 2026-11-22T12:00:00Z",
                        "ERROR NAME_CONSTRAINED: " + LEAF
                                + "its DNS name \"wsus.certwright.test\" lies outside the permitted subtrees, the first of "
                                + "which is DNS name contoso.com of CN=Narrow CA");
    }

    @Test
    void warns_of_a_much_shorter_life_than_the_predecessors() {
        IssuedCertificate twoYears =
                leaf().validFor(Duration.ofDays(-700), Duration.ofDays(30)).issue();

        assertThat(told(leaf(), wanting().replacing(twoYears)))
                .containsExactly("WARNING LIFETIME_SHORTER: " + LEAF
                        + "lives for 90 days, the certificate before it lived for 730 days");
        assertThat(told(
                        leaf(),
                        wanting()
                                .replacing(leaf().validFor(Duration.ofDays(-1), Duration.ofDays(90))
                                        .issue())))
                .isEmpty();
    }
}
