package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.probe.Endpoint;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.Pin;
import io.certwright.trust.SeenServer;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishingTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Endpoint OTHER = Endpoint.parse("wsus09.contoso.com:8531");

    private final X509Certificate foreign = TrustCertificates.root("Old Root").leaf("wsus01.contoso.com");
    private StoryBench bench;
    private ClientGroup group;

    @BeforeEach
    void set() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    private void pinning(Endpoint... alsoTalkTo) {
        group = bench.group("clients", true, Duration.ofDays(14), alsoTalkTo);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("clients"));
    }

    private TrustBundle published() throws LifecycleException {
        return bench.stored().trust().getGiven(group).bundle();
    }

    private static LifecycleException silent(FailureKind kind) {
        return new LifecycleException(kind, "NO_ANSWER", OTHER + ": nobody answered");
    }

    @Test
    void what_a_server_showed_before_it_was_managed_is_pinned_beside_the_new_one() throws LifecycleException {
        pinning();
        bench.web.found(CertificateChain.of(foreign));

        bench.renew();

        assertThat(published().pins()).hasSize(2).extracting(Pin::leaf).contains(foreign);
    }

    @Test
    void a_managed_server_that_nobody_reaches_is_taken_at_its_own_word() throws LifecycleException {
        pinning();
        bench.web.found(CertificateChain.of(foreign));
        bench.web.endpoints().forEach(endpoint -> bench.probe.failing(endpoint, silent(FailureKind.UNREACHABLE)));

        bench.renew();

        assertThat(published().pins()).extracting(Pin::leaf).contains(foreign);
    }

    @Test
    void another_server_that_was_never_seen_stops_the_package_and_a_person_hears_of_it() throws LifecycleException {
        pinning(OTHER);

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence())
                .startsWith("client group clients: wsus09.contoso.com:8531: never seen, so its pin is missing:")
                .endsWith("make it answer or take it out of also-talk-to");
        assertThat(bench.stored().trust().findPresent(group.name())).isEmpty();
        assertThat(bench.alerts()).hasSize(1);
    }

    @Test
    void another_server_that_is_silent_now_counts_with_its_last_leaf_and_the_package_says_so()
            throws LifecycleException {
        pinning(OTHER);
        X509Certificate last = TrustCertificates.root("Other").leaf("wsus09.contoso.com");
        bench.stored().trust().recordSeen(new SeenServer(OTHER, CertificateChain.of(last), bench.clock.instant()));
        bench.probe.failing(OTHER, silent(FailureKind.UNREACHABLE));

        bench.renewed();

        assertThat(published().pins()).extracting(Pin::leaf).contains(last);
        assertThat(published().remarks())
                .containsExactly("wsus09.contoso.com:8531: did not answer when this package was made;"
                        + " its pin is the leaf that it was last seen with, at " + StoryBench.START);
    }

    @Test
    void another_server_without_https_has_no_pin_yet() throws LifecycleException {
        pinning(OTHER);
        bench.probe.failing(OTHER, silent(FailureKind.MALFORMED_ANSWER));

        bench.renewed();

        assertThat(published().pins()).hasSize(1);
        assertThat(published().remarks())
                .containsExactly("wsus09.contoso.com:8531: has no https yet, so it has no pin");
    }

    @Test
    void another_server_that_shows_a_cas_certificate_is_left_out_with_a_word() throws LifecycleException {
        pinning(OTHER);
        TrustCertificates.Signer issuing = TrustCertificates.root("Other").issuingCa("Other Issuing");
        bench.probe.server(OTHER, () -> Optional.of(CertificateChain.of(issuing.certificate())));

        bench.renewed();

        assertThat(published().remarks()).singleElement().asString().contains("clients cannot pin");
        assertThat(published().pins()).hasSize(1);
    }

    @Test
    void the_next_leaf_of_a_server_that_others_look_after_is_pinned_between_renewals() throws LifecycleException {
        pinning(OTHER);
        TrustCertificates.Signer elsewhere = TrustCertificates.root("Other");
        X509Certificate first = elsewhere.leaf("wsus09.contoso.com");
        bench.probe.server(OTHER, () -> Optional.of(CertificateChain.of(first)));
        bench.renewed();
        X509Certificate next = elsewhere.leaf("wsus09.contoso.com");
        bench.probe.server(OTHER, () -> Optional.of(CertificateChain.of(next)));
        bench.clock.advance(Duration.ofDays(1));

        bench.story().upkeep().pass();

        assertThat(published().pins()).extracting(Pin::leaf).contains(first, next);
        bench.probe.failing(OTHER, silent(FailureKind.UNREACHABLE));
        bench.story().upkeep().pass();
        assertThat(published().pins()).extracting(Pin::leaf).contains(first, next);
        assertThat(published().remarks()).singleElement().asString().contains("did not answer");
    }

    @Test
    void a_leaf_that_nobody_shows_any_more_leaves_the_package_long_after_its_end() throws LifecycleException {
        pinning();
        bench.web.found(CertificateChain.of(foreign));
        bench.renew();
        assertThat(published().pins()).extracting(Pin::leaf).contains(foreign);
        bench.clientTrust().confirm(group, "anna");
        bench.renewed();

        bench.clock.moveTo(ValidityPeriod.of(foreign).notAfter().plus(Duration.ofDays(29)));
        bench.story().upkeep().pass();
        assertThat(published().pins()).extracting(Pin::leaf).contains(foreign);

        bench.clock.advance(Duration.ofDays(2));
        bench.story().upkeep().pass();
        assertThat(published().pins()).extracting(Pin::leaf).doesNotContain(foreign);
    }

    @Test
    void one_package_that_cannot_be_written_stops_no_upkeep() throws LifecycleException {
        pinning(OTHER);
        bench.probe.server(
                OTHER,
                () -> Optional.of(
                        CertificateChain.of(TrustCertificates.root("R").leaf("wsus09.contoso.com"))));
        bench.renewed();
        TrustBundle before = published();
        bench.trustPublisher.failing(new LifecycleException(FailureKind.INTERNAL, "DISK", "no space left"));

        bench.story().upkeep().pass();

        assertThat(published()).isEqualTo(before);
        bench.trustPublisher.heal();
        bench.story().upkeep().pass();
        assertThat(published().pins()).hasSizeGreaterThan(before.pins().size());
    }

    @Test
    void clients_that_pin_nothing_depend_on_no_other_server() throws LifecycleException {
        group = bench.group("clients", false, Duration.ofDays(14), OTHER);
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("clients"));

        bench.renewed();

        assertThat(published().pins()).isEqualTo(List.of());
        assertThat(published().remarks()).isEmpty();
    }
}
