package io.certwright.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.trust.TrustCertificates.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientTrustTest {
    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final ClientGroup GROUP = TrustBundleTest.group(true);
    private static final ClientGroup TRUSTING = TrustBundleTest.group(false);

    private final Signer root = TrustCertificates.root("Root");
    private final Signer issuing = root.issuingCa("Issuing");
    private final Pin old = new Pin(issuing.leaf("wsus01"), "wsus01");
    private final Pin next = new Pin(issuing.leaf("wsus01"), "wsus01");
    private final Pin other = new Pin(issuing.leaf("wsus02"), "wsus02");

    private final MovableClock watch = new MovableClock(START);
    private final MemoryTrustRepository repository = new MemoryTrustRepository();
    private final List<TrustBundle> packages = new ArrayList<>();
    private final ClientTrust trust = new ClientTrust(repository, this::put, watch);

    private PublishedPackage put(TrustBundle bundle) {
        packages.add(bundle);
        return new PublishedPackage("/srv/trust", bundle.digest());
    }

    @BeforeEach
    void nothing_was_published_before() throws LifecycleException {
        assertThat(repository.getGiven(GROUP).bundle().isEmpty()).isTrue();
    }

    @Test
    void the_first_pin_of_a_group_is_effective_at_once() throws LifecycleException {
        PublishedTrust published = publish(pins(next));

        assertThat(published.effectiveFrom()).isEqualTo(START);
        assertThat(published.reason())
                .isEqualTo("the pin %s of wsus01: the first pin of the group, its clients compare none so far"
                        .formatted(next.thumbprint().abbreviated()));
    }

    @Test
    void a_new_leaf_for_clients_that_pin_takes_the_wait() throws LifecycleException {
        publish(pins(old));
        watch.advance(Duration.ofDays(300));

        PublishedTrust published = publish(pins(next));

        assertThat(published.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(314)));
        assertThat(published.reason())
                .isEqualTo("the pin %s of wsus01: clients of wsus-clients get 14d to take it"
                        .formatted(next.thumbprint().abbreviated()));
        assertThat(last().pins()).containsExactlyInAnyOrder(old, next);
    }

    @Test
    void a_new_anchor_and_a_new_intermediate_take_the_wait() throws LifecycleException {
        PublishedTrust published = publish(enterprise());

        assertThat(published.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(14)));
        assertThat(published.reason())
                .isEqualTo(
                        "the root certificate %s and the intermediate certificate %s: clients of wsus-clients get 14d to take it"
                                .formatted(
                                        TrustEntry.anchor(root.certificate())
                                                .thumbprint()
                                                .abbreviated(),
                                        TrustEntry.intermediate(issuing.certificate())
                                                .thumbprint()
                                                .abbreviated()));
    }

    @Test
    void a_pin_is_not_the_first_when_an_earlier_package_is_still_on_its_way() throws LifecycleException {
        publish(enterprise().union(pins(old)));
        watch.advance(Duration.ofDays(1));

        PublishedTrust published = publish(pins(next));

        assertThat(published.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(15)));
    }

    @Test
    void a_pin_is_not_the_first_when_the_ones_before_it_were_withdrawn() throws LifecycleException {
        publish(pins(old));
        trust.ensureWithdrawn(GROUP, old);

        PublishedTrust published = publish(pins(next));

        assertThat(published.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(14)));
    }

    @Test
    void a_later_publication_for_another_server_does_not_delay_an_earlier_one() throws LifecycleException {
        publish(pins(old));
        PublishedTrust first = publish(pins(next));
        watch.advance(Duration.ofDays(10));
        PublishedTrust second = publish(pins(other));

        assertThat(publish(pins(next)).effectiveFrom()).isEqualTo(first.effectiveFrom());
        assertThat(second.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(24)));
        assertThat(repository.findPresent(GROUP.name()).orElseThrow().effectiveFrom())
                .isEqualTo(second.effectiveFrom());
    }

    @Test
    void publishing_again_keeps_the_time_of_the_first_publication() throws LifecycleException {
        publish(pins(old));
        PublishedTrust first = publish(pins(next));
        watch.advance(Duration.ofDays(3));

        assertThat(publish(pins(next))).isEqualTo(first);
    }

    @Test
    void clients_that_lack_nothing_need_no_wait() throws LifecycleException {
        publish(enterprise());
        watch.advance(Duration.ofDays(400));

        PublishedTrust published = publish(enterprise());

        assertThat(published.isEffectiveAt(watch.instant())).isTrue();
        assertThat(published.reason()).isEqualTo("clients already have all they need");
    }

    @Test
    void a_public_ca_without_pins_is_effective_at_once() throws LifecycleException {
        PublishedTrust published = trust.ensurePublished(TrustBundle.empty(TRUSTING), List.of(), Audience.CLIENTS);

        assertThat(published.effectiveFrom()).isEqualTo(START);
        assertThat(published.reason()).isEqualTo("at once: a public CA, and its clients compare no pin");
    }

    @Test
    void a_server_without_a_certificate_so_far_waits_for_nobody_but_its_root_stays_new_to_the_others()
            throws LifecycleException {
        PublishedTrust alone = trust.ensurePublished(enterprise(), List.of(), Audience.NOBODY_YET);
        PublishedTrust used = publish(enterprise());

        assertThat(alone.effectiveFrom()).isEqualTo(START);
        assertThat(alone.reason())
                .isEqualTo("at once: the server shows no certificate so far, so no client depends on it");
        assertThat(used.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(14)));
    }

    @Test
    void the_leaves_that_other_servers_present_stand_in_the_package_beside_the_new_one() throws LifecycleException {
        trust.ensurePublished(pins(next), List.of(old, other), Audience.CLIENTS);

        assertThat(last().pins()).containsExactlyInAnyOrder(next, old, other);
    }

    @Test
    void a_pin_that_was_withdrawn_leaves_the_package_and_takes_the_wait_when_it_comes_back() throws LifecycleException {
        publish(pins(old));
        publish(pins(next));
        watch.advance(Duration.ofDays(60));

        trust.ensureWithdrawn(GROUP, old);

        assertThat(last().pins()).containsExactly(next);
        assertThat(publish(pins(old)).effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(74)));
    }

    @Test
    void a_confirmation_makes_the_present_package_effective_now_and_nothing_later() throws LifecycleException {
        publish(pins(old));
        publish(pins(next));
        watch.advance(Duration.ofDays(2));

        PublishedTrust confirmed = trust.confirm(GROUP, "Ann").orElseThrow();
        PublishedTrust later = publish(pins(other));

        assertThat(confirmed.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(2)));
        assertThat(confirmed.reason()).isEqualTo("confirmed by Ann");
        assertThat(publish(pins(next)).isEffectiveAt(watch.instant())).isTrue();
        assertThat(later.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(16)));
    }

    @Test
    void there_is_nothing_to_confirm_before_a_publication() throws LifecycleException {
        assertThat(trust.confirm(GROUP, "Ann")).isEmpty();
    }

    @Test
    void refuses_a_confirmation_by_nobody() {
        assertThatThrownBy(() -> trust.confirm(GROUP, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confirmation for client group wsus-clients: got person \" \","
                        + " wanted the name of who vouches for it");
    }

    @Test
    void a_group_that_stops_pinning_loses_its_pins() throws LifecycleException {
        publish(pins(old));

        trust.ensurePublished(
                TrustBundle.neededFor(
                        TRUSTING,
                        new IssuedCertificate(CertificateChain.of(next.leaf(), issuing.certificate())),
                        List.of(root.certificate()),
                        "wsus01"),
                List.of(other),
                Audience.CLIENTS);

        assertThat(last().pins()).isEmpty();
        assertThat(last().anchors()).containsExactly(root.certificate());
    }

    @Test
    void a_preview_says_when_and_changes_nothing() throws LifecycleException {
        publish(pins(old));
        int before = packages.size();

        Effectiveness effectiveness = trust.preview(pins(next), Audience.CLIENTS);

        assertThat(effectiveness.from()).isEqualTo(START.plus(Duration.ofDays(14)));
        assertThat(packages).hasSize(before);
        assertThat(repository.getGiven(GROUP).bundle().pins()).containsExactly(old);
    }

    @Test
    void what_is_published_already_is_only_looked_at() throws LifecycleException {
        publish(pins(old));
        PublishedTrust present = publish(pins(next));
        TrustBundle whole = last();
        TrustPublisher reader = new TrustPublisher() {
            @Override
            public PublishedPackage publish(TrustBundle bundle) {
                throw new AssertionError("written again");
            }

            @Override
            public Optional<PublishedPackage> find(TrustBundle bundle) {
                return bundle.equals(whole) ? Optional.of(put(bundle)) : Optional.empty();
            }
        };

        PublishedTrust again =
                new ClientTrust(repository, reader, watch).ensurePublished(pins(next), List.of(old), Audience.CLIENTS);

        assertThat(again).isEqualTo(present);
    }

    @Test
    void nothing_is_recorded_when_the_package_could_not_be_written() throws LifecycleException {
        ClientTrust broken = new ClientTrust(
                repository,
                bundle -> {
                    throw new LifecycleException(FailureKind.INTERNAL, "TRUST_NOT_WRITTEN", "disk full");
                },
                watch);

        assertThatThrownBy(() -> broken.ensurePublished(pins(next), List.of(), Audience.CLIENTS))
                .hasMessage("disk full");
        assertThat(repository.findPresent(GROUP.name())).isEmpty();
    }

    private PublishedTrust publish(TrustBundle needed) throws LifecycleException {
        return trust.ensurePublished(needed, List.of(), Audience.CLIENTS);
    }

    private TrustBundle last() {
        return packages.get(packages.size() - 1);
    }

    private TrustBundle pins(Pin... pins) {
        return TrustBundle.ofPins(GROUP, List.of(pins));
    }

    private TrustBundle enterprise() {
        return new TrustBundle(GROUP, List.of(root.certificate()), List.of(issuing.certificate()), List.of());
    }
}
