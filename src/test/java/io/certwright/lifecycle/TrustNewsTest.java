package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.ExpiryWatch;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Thresholds;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.probe.Endpoint;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.Pin;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people hear of trust packages, and of clients that still lack what is in them. */
final class TrustNewsTest {
    private static final Endpoint OTHER = Endpoint.of("wsus09.contoso.com", 8531);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void furnish() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void the_mail_of_a_publication_names_what_is_new_where_it_lies_until_when_and_the_hash() throws LifecycleException {
        pinningClients(Duration.ofDays(14));
        bench.renewed();
        bench.clock.advance(Duration.ofDays(45));

        bench.renew(Urge.FORCE);

        Alert news = bench.news().get(1);
        StoredCertificate next = bench.stored()
                .certificates()
                .get(bench.open().orElseThrow().issued().orElseThrow());
        String hash = bench.stored().trust().listPresent().get(0).manifestSha256();
        assertThat(news.severity()).isEqualTo(AlertSeverity.NOTE);
        assertThat(news.sentence()).isEqualTo("clients pcs: new trust package, import it by 2026-04-30T10:00:00Z");
        assertThat(news.whatHappened())
                .isEqualTo("New in it:\n- the pin "
                        + next.certificate().thumbprint().abbreviated()
                        + " of wsus01\nThe package lies in trust/pcs and, from the service, at /trust/pcs/.\n"
                        + "SHA-256 of its manifest.json, which names every other file with its hash:\n" + hash);
        assertThat(news.whatNext())
                .isEqualTo("Servers on which these clients depend wait with what needs it until 2026-04-30T10:00:00Z"
                        + " and then go on by themselves.");
        assertThat(news.commands())
                .containsExactly(
                        "certwright trust status pcs",
                        "certwright trust confirm pcs",
                        "certwright trust export pcs --out trust");
    }

    @Test
    void one_publication_is_told_once_however_often_it_is_looked_at() throws LifecycleException {
        pinningClients(Duration.ofDays(14));
        bench.renewed();
        bench.clock.advance(Duration.ofDays(1));
        bench.renew(Urge.FORCE);
        bench.renew();
        bench.story().upkeep().pass();
        bench.clock.advance(Duration.ofHours(1));
        bench.story().upkeep().pass();

        assertThat(bench.news()).hasSize(2);
    }

    @Test
    void what_is_only_taken_away_is_no_news() throws LifecycleException {
        ClientGroup group = pinningClients(Duration.ofDays(1));
        StoredCertificate first = bench.renewed();
        bench.renew(Urge.FORCE);
        bench.clock.advance(Duration.ofDays(2));
        bench.renewed();
        bench.clock.advance(Duration.ofHours(1));
        int before = bench.news().size();

        var unused = bench.clientTrust()
                .ensureWithdrawn(group, new Pin(first.certificate().leaf(), "wsus01"));
        bench.story().upkeep().pass();

        assertThat(bench.news()).hasSize(before);
    }

    @Test
    void a_package_from_before_is_no_news() throws LifecycleException {
        pinningClients(Duration.ofDays(1));
        bench.renewed();
        List<Long> ids =
                bench.stored().outbox().listOpen().stream().map(OutboxEntry::id).toList();
        bench.stored().outbox().over(ids, bench.clock.instant());
        DATABASE.database().update("DELETE FROM alert_outbox");
        bench.clock.advance(Duration.ofDays(8));

        bench.story().upkeep().pass();

        assertThat(bench.news()).isEmpty();
    }

    @Test
    void a_package_that_cannot_be_kept_right_is_told_in_the_second_round_and_when_it_works_again()
            throws LifecycleException {
        TestCa theirs = TestCa.root("CN=Their Root", StoryBench.START);
        AtomicReference<CertificateChain> shown =
                new AtomicReference<>(theirs.leaf("wsus09.contoso.com").issue().chain());
        bench.probe.server(OTHER, () -> Optional.of(shown.get()));
        bench.group("pcs", true, Duration.ofDays(14), OTHER);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        bench.renewed();
        shown.set(theirs.leaf("wsus09.contoso.com").issue().chain());
        bench.trustPublisher.failing(
                new LifecycleException(FailureKind.INTERNAL, "DISK_FULL", "folder trust/pcs: no space left on device"));

        bench.story().upkeep().pass();
        assertThat(bench.alerts()).isEmpty();
        bench.story().upkeep().pass();
        bench.story().upkeep().pass();

        assertThat(bench.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(AlertSeverity.URGENT);
            assertThat(alert.sentence()).isEqualTo("clients pcs: their trust package could not be kept right");
            assertThat(alert.whatHappened()).isEqualTo("folder trust/pcs: no space left on device");
        });
        bench.trustPublisher.heal();
        bench.story().upkeep().pass();
        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void the_mail_of_a_late_renewal_says_that_clients_still_lack_the_new_pin() throws LifecycleException {
        bench.issuer.issuingFor(Duration.ofDays(60));
        pinningClients(Duration.ofDays(14));
        StoredCertificate first = bench.renewed();
        bench.clock.moveTo(first.certificate().validity().notAfter().minus(Duration.ofDays(15)));
        assertThat(bench.renew(Urge.FORCE)).isInstanceOf(RenewalOutcome.Waiting.class);
        bench.clock.moveTo(first.certificate().validity().notAfter().minus(Duration.ofDays(3)));

        var unused = new ExpiryWatch(
                        bench.story().watchList(),
                        bench.stored().outbox(),
                        Thresholds.standard(),
                        Duration.ofDays(2),
                        ZoneOffset.UTC)
                .pass(bench.clock.instant());

        Alert alert = bench.alerts().get(0);
        assertThat(alert.sentence()).isEqualTo("wsus01: clients still lack the new pin, 3 days left");
        assertThat(alert.whatHappened())
                .contains("\nIts renewal: waiting")
                .contains("clients of pcs have the new trust from");
        assertThat(alert.commands()).startsWith("certwright why wsus01");
    }

    @Test
    void the_pin_of_a_server_that_others_look_after_is_watched() throws LifecycleException {
        var leaf = TestCa.root("CN=Their Root", StoryBench.START)
                .leaf("wsus09.contoso.com")
                .issue();
        bench.probe.server(OTHER, () -> Optional.of(leaf.chain()));
        bench.group("pcs", true, Duration.ofDays(14), OTHER);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        bench.renewed();

        assertThat(bench.story().pinWatchList().listWatched()).singleElement().satisfies(watched -> {
            assertThat(watched.subject()).isEqualTo("wsus09.contoso.com:8531 for clients of pcs");
            assertThat(watched.thumbprint()).isEqualTo(leaf.thumbprint());
            assertThat(watched.recipients()).containsExactly(TestWish.ADMINS);
        });
        bench.clock.moveTo(leaf.validity().notAfter().minus(Duration.ofDays(20)));
        var unused = new ExpiryWatch(
                        bench.story().pinWatchList(),
                        bench.stored().outbox(),
                        Thresholds.standard(),
                        Duration.ofDays(2),
                        ZoneOffset.UTC)
                .pass(bench.clock.instant());

        assertThat(bench.alerts().get(0).sentence())
                .startsWith(
                        "wsus09.contoso.com:8531 for clients of pcs: the pinned certificate expires in 20 days, on ");
        assertThat(bench.alerts().get(0).commands())
                .startsWith("certwright probe wsus09.contoso.com:8531", "certwright trust status pcs");
    }

    @Test
    void the_cas_above_what_is_in_use_are_watched_the_newest_of_each_kind() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();

        assertThat(bench.story().issuerWatchList().listWatched())
                .extracting(watched -> watched.subject() + " " + watched.thumbprint())
                .containsExactly(
                        "root CA of issuer lab " + Thumbprint.of(bench.ca.anchor()),
                        "issuing CA of issuer lab " + Thumbprint.of(bench.ca.certificate()));
    }

    @Test
    void a_ca_that_nears_its_end_is_told_half_a_year_ahead_and_its_successor_ends_that() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        var end = bench.ca.certificate().getNotAfter().toInstant();
        bench.clock.moveTo(end.minus(Duration.ofDays(170)));

        lookAtIssuers();
        Alert alert = bench.alerts().stream()
                .filter(each -> each.key().subject().startsWith("issuing"))
                .findFirst()
                .orElseThrow();
        assertThat(alert.sentence()).startsWith("issuing CA of issuer lab: the CA expires in 170 days, on ");
        assertThat(alert.commands()).contains("certwright issuer test lab");
        lookAtIssuers();
        assertThat(bench.alerts().stream().filter(each -> each.key().subject().startsWith("issuing")))
                .hasSize(1);
    }

    private void lookAtIssuers() throws LifecycleException {
        var unused = new ExpiryWatch(
                        bench.story().issuerWatchList(),
                        bench.stored().outbox(),
                        IssuerWatchList.THRESHOLDS,
                        Duration.ofDays(2),
                        ZoneOffset.UTC)
                .pass(bench.clock.instant());
    }

    private ClientGroup pinningClients(Duration wait) {
        ClientGroup group = bench.group("pcs", true, wait);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        return group;
    }
}
