package io.certwright.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.testing.TestCa;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LookupsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final TestCa ROOT = TestCa.root("CN=Root", NOW);
    private static final TestCa CA = ROOT.intermediate("CN=Issuing");
    private static final DnsName NAME = DnsName.parse("wsus.contoso.com");

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);

    private static List<X509Certificate> path(String name) {
        return List.of(CA.leaf(name).certificate(), CA.certificate(), ROOT.certificate());
    }

    private Observation cleared(X509Certificate certificate, X509Certificate issuer) {
        asked.incrementAndGet();
        return new NotRevoked(Sha256Fingerprint.of(certificate), NOW, NOW);
    }

    private Observation hangs() {
        try {
            never.await();
            throw new IllegalStateException("nobody opens this");
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(givenUp);
        }
    }

    @Test
    void asks_about_each_certificate_once_and_never_about_an_anchor_or_a_wildcard() throws InterruptedException {
        Lookups lookups =
                new Lookups(name -> new Resolved(name, List.of(), NOW), this::cleared, Duration.ofSeconds(20), CLOCK);

        List<Observation> seen = lookups.of(
                List.of(NAME, NAME, DnsName.parse("*.contoso.com")),
                List.of(path("a.contoso.com"), path("b.contoso.com"), List.of(ROOT.certificate())));

        assertThat(asked).hasValue(3);
        assertThat(seen).hasSize(4).contains(new Resolved(NAME, List.of(), NOW));
        assertThat(lookups.of(List.of(), List.of())).isEmpty();
    }

    @Test
    void says_of_what_is_not_answered_in_time_that_it_is_not() throws InterruptedException {
        Lookups lookups = new Lookups(name -> hangs(), (certificate, issuer) -> hangs(), Duration.ofSeconds(1), CLOCK);
        List<X509Certificate> path = path("a.contoso.com");

        assertThat(lookups.of(List.of(NAME), List.of(path)))
                .containsExactly(
                        new NameUnknown(NAME, "not answered within 1 s", NOW),
                        new RevocationUnknown(Sha256Fingerprint.of(path.get(0)), "not answered within 1 s", NOW),
                        new RevocationUnknown(Sha256Fingerprint.of(path.get(1)), "not answered within 1 s", NOW));
    }
}
