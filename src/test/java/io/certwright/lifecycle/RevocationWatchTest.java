package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSeverity;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RevocationWatchTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Map<Sha256Fingerprint, Observation> world = new HashMap<>();
    private StoryBench bench;
    private StoredCertificate served;

    @BeforeEach
    void serve() throws Exception {
        bench = new StoryBench(DATABASE);
        bench.wishInForce();
        served = bench.renewed();
    }

    private int pass() throws Exception {
        Lookups lookups = new Lookups(
                name -> new Observation.NameUnknown(name, "not asked", now()),
                this::look,
                Duration.ofSeconds(20),
                bench.clock);
        return bench.story().revocationWatch().pass(lookups, now());
    }

    private Observation look(X509Certificate certificate, X509Certificate issuer) {
        Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
        return world.getOrDefault(subject, new NotRevoked(subject, now().plus(Duration.ofDays(7)), now()));
    }

    private Instant now() {
        return bench.clock.instant();
    }

    private void revoke(X509Certificate certificate) {
        Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
        world.put(subject, new Revoked(subject, "keyCompromise", now().minusSeconds(3600), now()));
    }

    @Test
    void tells_once_of_a_revoked_certificate_and_makes_it_due_at_once() throws Exception {
        revoke(served.certificate().leaf());

        assertThat(pass()).isEqualTo(1);
        assertThat(pass()).isZero();

        assertThat(bench.inUse().isRevoked()).isTrue();
        assertThat(bench.stored().looks().listDue(now(), 10)).containsExactly(StoryBench.WSUS);
        Alert alert = bench.alerts().get(0);
        assertThat(alert.key().kind()).isEqualTo(AlertKind.REVOKED);
        assertThat(alert.severity()).isEqualTo(AlertSeverity.CRITICAL);
        assertThat(alert.sentence()).isEqualTo("wsus01: the certificate in use is revoked");
        assertThat(alert.whatHappened())
                .isEqualTo(
                        "The CA revoked it at 2026-03-02T09:00:00Z for the reason keyCompromise. Clients that ask refuse it"
                                + " already, the others will soon.");
    }

    @Test
    void lets_the_story_replace_what_is_revoked() throws Exception {
        revoke(served.certificate().leaf());
        pass();

        StoredCertificate next = bench.renewed();

        assertThat(next.certificate().sha256())
                .isNotEqualTo(served.certificate().sha256());
        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.REVOKED);
        assertThat(pass()).isZero();
        assertThat(bench.inUse().isRevoked()).isFalse();
    }

    @Test
    void tells_of_a_revoked_ca_but_does_not_renew_there() throws Exception {
        revoke(bench.ca.certificate());

        assertThat(pass()).isEqualTo(1);

        assertThat(bench.inUse().isRevoked()).isFalse();
        assertThat(bench.stored().looks().listDue(now(), 10)).isEmpty();
        assertThat(bench.alerts().get(0).sentence())
                .isEqualTo("wsus01: the CA above its certificate is revoked: CN=Test Issuing");
    }

    @Test
    void changes_nothing_by_what_nobody_could_say() throws Exception {
        Sha256Fingerprint subject = served.certificate().sha256();
        world.put(subject, new RevocationUnknown(subject, "http://pki.test/a.crl cannot be reached", now()));

        assertThat(pass()).isZero();

        assertThat(bench.inUse().isRevoked()).isFalse();
        assertThat(bench.alerts()).isEqualTo(List.of());
    }
}
