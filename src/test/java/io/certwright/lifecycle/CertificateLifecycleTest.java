package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.testing.FakeBinding;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CertificateLifecycleTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void a_first_issue_ends_with_the_certificate_bound_proven_and_in_use() throws LifecycleException {
        bench.wishInForce();

        RenewalOutcome outcome = bench.renew();

        StoredCertificate stored = bench.inUse();
        String thumbprint = stored.certificate().thumbprint().abbreviated();
        String sha256 = stored.certificate().sha256().hex().substring(0, 8);
        assertThat(outcome.sentence())
                .isEqualTo("renewed: " + thumbprint
                        + "…, valid until 2026-05-31T10:00:00Z; web.contoso.com:443 presents the new certificate (TLSv1.3, SHA-256 "
                        + sha256 + "…)");
        assertThat(bench.web.served()).contains(stored.certificate().chain());
        assertThat(stored.inUseSince()).contains(StoryBench.START);
        assertThat(stored.acceptedAt()).contains(StoryBench.START);
    }

    @Test
    void a_finished_renewal_has_every_fact_with_its_time_and_is_closed() throws LifecycleException {
        bench.wishInForce();

        bench.renew();

        Renewal renewal = bench.latest();
        assertThat(renewal.stage()).isEqualTo(Stage.VERIFIED);
        assertThat(renewal.isOpen()).isFalse();
        assertThat(renewal.reason()).isEqualTo(RenewalReason.FIRST);
        assertThat(List.of(
                        renewal.keyReady().orElseThrow().at(),
                        renewal.requested().orElseThrow().at(),
                        renewal.issuedAt().orElseThrow(),
                        renewal.checkedAt().orElseThrow(),
                        renewal.storedAt().orElseThrow(),
                        renewal.boundAt().orElseThrow(),
                        renewal.verifiedAt().orElseThrow(),
                        renewal.closedAt().orElseThrow()))
                .isSorted()
                .allMatch(StoryBench.START::equals);
        assertThat(renewal.standing().map(Renewal.Standing::outcome)).contains("Renewed");
        assertThat(bench.open()).isEmpty();
    }

    @Test
    void the_story_is_told_step_by_step_in_its_order() throws LifecycleException {
        bench.group("pcs", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01")
                .key(KeySpec.RSA_2048)
                .boundTo(bench.web)
                .forClients("pcs"));

        bench.renew();

        String thumbprint = bench.inUse().certificate().thumbprint().abbreviated();
        String sha256 = bench.inUse().certificate().sha256().hex().substring(0, 8);
        assertThat(bench.told())
                .containsExactly(
                        "key: RSA-2048 key made and sealed",
                        "issue: lab issued " + thumbprint
                                + "… for wsus01.contoso.com, valid until 2026-05-31T10:00:00Z",
                        "check: accepted by all checks",
                        "store: certificate and key are in the inventory",
                        "trust: package for pcs in trust/pcs; effective 2026-03-02T10:00:00Z, "
                                + "at once: the server shows no certificate so far, so no client depends on it",
                        "bind: fake:web on host local",
                        "prove: web.contoso.com:443 presents the new certificate (TLSv1.3, SHA-256 " + sha256 + "…)");
    }

    @Test
    void a_second_run_is_not_due_and_says_when_and_why() throws LifecycleException {
        bench.wishInForce();
        bench.renew();
        bench.clock.advance(Duration.ofDays(37).plusHours(20));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome)
                .isEqualTo(new RenewalOutcome.NotDue(
                        "not renewed: expires in 52d 4h, due 2026-04-30 (66% of its lifetime)",
                        Instant.parse("2026-04-30T19:36:00Z")));
        assertThat(bench.issuer.asked()).hasSize(1);
        assertThat(bench.web.journal()).hasSize(1);
    }

    @Test
    void the_time_left_of_a_short_certificate_is_told_in_hours_and_minutes() throws LifecycleException {
        bench.issuer.issuingFor(Duration.ofHours(4));
        bench.wishInForce();
        bench.renew();
        bench.clock.advance(Duration.ofMinutes(35));
        assertThat(bench.renew().sentence()).startsWith("not renewed: expires in 3h 25m, due 2026-03-02");

        bench.issuer.issuingFor(Duration.ofMinutes(51));
        bench.renewed(Urge.FORCE);
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(bench.renew().sentence()).startsWith("not renewed: expires in 50m, due 2026-03-02");
    }

    @Test
    void a_due_certificate_is_replaced_by_one_with_a_new_key() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.untilDue();

        StoredCertificate second = bench.renewed();

        assertThat(second.certificate().sha256())
                .isNotEqualTo(first.certificate().sha256());
        assertThat(second.key().orElseThrow().publicKey())
                .isNotEqualTo(first.key().orElseThrow().publicKey());
        assertThat(bench.issuer.asked().get(1).predecessor().orElseThrow().certificate())
                .isEqualTo(first.certificate());
        assertThat(bench.web.served()).contains(second.certificate().chain());
        assertThat(bench.stored().certificates().find(first.certificate().sha256()))
                .as("the predecessor stays in the inventory until it is retired")
                .hasValueSatisfying(old -> assertThat(old.retiredAt()).isEmpty());
    }

    @Test
    void force_renews_what_is_not_due() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.clock.advance(Duration.ofMinutes(1));

        StoredCertificate second = bench.renewed(Urge.FORCE);

        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.FORCED);
    }

    @Test
    void trust_is_published_before_the_server_changes() throws LifecycleException {
        bench.group("pcs", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pcs"));
        bench.web.with(FakeBinding.Fault.REFUSES_TO_BIND);

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome).isInstanceOf(RenewalOutcome.Failed.class);
        assertThat(bench.trustPublisher.published()).hasSize(1);
        assertThat(bench.web.journal()).isEmpty();
    }

    @Test
    void a_certificate_without_bindings_is_renewed_when_it_is_stored() throws LifecycleException {
        bench.inForce(TestWish.named("wsus01"));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence())
                .isEqualTo(
                        "renewed: " + bench.inUse().certificate().thumbprint().abbreviated()
                                + "…, valid until 2026-05-31T10:00:00Z");
        assertThat(bench.latest().stage()).isEqualTo(Stage.STORED);
    }

    @Test
    void issuing_by_hand_ends_when_stored_and_bind_goes_on() throws LifecycleException {
        bench.wishInForce();

        RenewalOutcome issued = bench.renew(Urge.ISSUE_ONLY);

        assertThat(issued.sentence())
                .isEqualTo("waiting: issued and stored by hand, not bound; \"certwright bind wsus01\" goes on");
        assertThat(bench.web.journal()).isEmpty();
        assertThat(bench.open().orElseThrow().stage()).isEqualTo(Stage.STORED);

        StoredCertificate bound = bench.renewed(Urge.BIND);

        assertThat(bench.issuer.asked()).hasSize(1);
        assertThat(bench.web.served()).contains(bound.certificate().chain());
    }

    @Test
    void several_bindings_are_bound_and_proven_in_their_order() throws LifecycleException {
        FakeBinding mail = bench.add(new FakeBinding(
                "fake:mail",
                io.certwright.binding.HostName.LOCAL,
                io.certwright.probe.Endpoint.of("mail.contoso.com", 993)));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web, mail));

        bench.renew();

        assertThat(bench.told())
                .filteredOn(line -> line.startsWith("bind"))
                .containsExactly("bind: fake:web on host local", "bind: fake:mail on host local");
        assertThat(mail.served()).contains(bench.inUse().certificate().chain());
    }

    @Test
    void a_binding_without_an_endpoint_is_proven_by_reading_back() throws LifecycleException {
        FakeBinding files = bench.add(new FakeBinding("fake:files", io.certwright.binding.HostName.LOCAL));
        bench.inForce(TestWish.named("wsus01").boundTo(files));

        assertThat(bench.renew().sentence())
                .endsWith("fake:files holds the new certificate, read back; no endpoint to shake hands with");
    }

    @Test
    void a_name_that_is_not_in_the_settings_fails_with_a_sentence() {
        RenewalOutcome outcome = bench.renew(CertificateName.of("nobody"), Urge.NONE);

        assertThat(outcome).isInstanceOfSatisfying(RenewalOutcome.Failed.class, failed -> {
            assertThat(failed.cause().kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failed.cause().code()).isEqualTo("UNKNOWN_CERTIFICATE");
        });
        assertThat(outcome.sentence())
                .isEqualTo("certificate nobody: not in the settings; \"certwright list\" shows those that are");
    }

    @Test
    void a_wish_that_is_not_in_the_settings_can_be_run_by_hand() throws LifecycleException {
        var wish = TestWish.named("adhoc").wish();

        RenewalOutcome outcome = bench.story().lifecycle().run(wish, Urge.ISSUE_ONLY, Narration.SILENT);

        assertThat(outcome).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(bench.stored().certificates().findInUse(wish.name())).isPresent();
    }

    @Test
    void what_fails_because_a_person_stopped_it_is_no_failure_of_the_renewal() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(request -> {
            Thread.currentThread().interrupt();
            throw new LifecycleException(FailureKind.INTERNAL, "CUT_OFF", "issuer lab: the file was closed");
        });

        RenewalOutcome outcome = bench.renew();

        assertThat(Thread.interrupted())
                .as("it stays known that somebody wants an end")
                .isTrue();
        assertThat(outcome.sentence()).isEqualTo("issuer lab: the file was closed");
        assertThat(bench.open().orElseThrow().standing()).isEmpty();
        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void a_programming_error_in_a_step_is_a_failure_of_that_renewal_and_is_tried_again() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(request -> {
            throw new IllegalStateException("a list was empty");
        });

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome.sentence())
                .isEqualTo("certificate wsus01: unexpected java.lang.IllegalStateException: a list was empty");
        assertThat(bench.standing().failureKind()).isEqualTo("INTERNAL");
        assertThat(bench.standing().nextAttemptAt()).contains(StoryBench.START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void the_friendly_name_carries_the_day_of_issue() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate stored = bench.renewed();

        assertThat(SwitchOver.toBind("WSUS TLS", stored).friendlyName()).isEqualTo("WSUS TLS 2026-03-02");
        assertThat(Thumbprint.of(stored.certificate().leaf()).abbreviated()).hasSize(8);
    }

    @Test
    void two_certificates_have_stories_of_their_own() throws LifecycleException {
        bench.wishInForce();
        FakeBinding other = bench.add(new FakeBinding(
                "fake:other",
                io.certwright.binding.HostName.LOCAL,
                io.certwright.probe.Endpoint.of("other.contoso.com", 443)));
        bench.inForce(TestWish.named("other").boundTo(other));
        bench.web.with(FakeBinding.Fault.REFUSES_TO_BIND);

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Failed.class);
        assertThat(bench.renew(CertificateName.of("other"), Urge.NONE)).isInstanceOf(RenewalOutcome.Renewed.class);
    }
}
