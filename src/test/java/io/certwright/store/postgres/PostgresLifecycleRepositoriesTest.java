package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.InOtherHandsException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestSealer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PostgresLifecycleRepositoriesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant T0 = Instant.parse("2026-03-02T10:00:00.123456Z");
    private static final CertificateName WSUS = CertificateName.of("wsus01");
    private static final TestCa CA = TestCa.root("CN=Test Root", T0).intermediate("CN=Test Issuing");

    private final KeyPair pair = TestKeys.fresh(KeySpec.P_256);
    private final SealedKey key = new TestSealer().seal(pair);
    private final IssuedCertificate certificate = certificate();
    private PostgresRenewalRepository renewals;
    private PostgresCertificateRepository certificates;
    private PostgresLooks looks;

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
        renewals = new PostgresRenewalRepository(DATABASE.database());
        certificates = new PostgresCertificateRepository(DATABASE.database());
        looks = new PostgresLooks(DATABASE.database());
    }

    @Test
    void a_renewal_comes_back_as_it_was_recorded_fact_by_fact() throws LifecycleException {
        Renewal renewal = renewals.open(opened());
        assertThat(renewals.get(renewal.id())).isEqualTo(renewal);
        List<Stage> stages = new ArrayList<>(List.of(renewal.stage()));
        for (Fact fact : facts()) {
            renewal = renewals.record(renewal, fact);
            stages.add(renewal.stage());
            assertThat(renewals.get(renewal.id())).isEqualTo(renewal);
        }

        assertThat(stages).containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Stage.ADOPTED)));
        assertThat(renewal.version()).isEqualTo(facts().size());
        assertThat(renewal.verifiedAt()).contains(T0.plusSeconds(8));
    }

    @Test
    void a_renewal_that_is_bound_and_undone_is_back_at_its_earlier_stage() throws LifecycleException {
        Renewal renewal = recorded(8);

        renewal = renewals.record(renewal, new Fact.Unbound(T0.plusSeconds(9)));

        assertThat(renewal.stage()).isEqualTo(Stage.TRUST_PUBLISHED);
        assertThat(renewal.boundAt()).isEmpty();
        assertThat(renewal.verifiedAt()).isEmpty();
    }

    @Test
    void a_record_that_moved_on_is_in_other_hands_and_nothing_of_the_fact_stays() throws LifecycleException {
        Renewal old = recorded(2);
        renewals.record(old, new Fact.NotAsked(T0));

        assertThatThrownBy(() -> renewals.record(old, new Fact.Received(certificate, T0)))
                .isInstanceOf(InOtherHandsException.class)
                .hasMessage("renewal of wsus01: another process is running it now; "
                        + "see its progress with \"certwright show wsus01\"");
        assertThat(certificates.find(certificate.sha256())).isEmpty();
    }

    @Test
    void a_closed_renewal_takes_no_more_facts() throws LifecycleException {
        Renewal closed = renewals.record(recorded(8), new Fact.Completed("renewed", T0, T0));

        assertThat(closed.isOpen()).isFalse();
        assertThatThrownBy(() -> renewals.record(closed, new Fact.NotAsked(T0)))
                .isInstanceOf(InOtherHandsException.class);
    }

    @Test
    void two_that_open_at_once_get_the_same_renewal() throws LifecycleException {
        Renewal first = renewals.open(opened());
        Renewal second = renewals.open(opened());

        assertThat(second).isEqualTo(first);
        assertThat(renewals.listLatest(WSUS, 10)).hasSize(1);
    }

    @Test
    void the_open_renewal_is_the_latest_and_then_the_one_opened_last() throws LifecycleException {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Renewal renewal = renewals.open(Renewal.opened(
                    UUID.randomUUID(), WSUS, RenewalReason.FORCED, new IssuerName("lab"), "d", T0.plusSeconds(i)));
            ids.add(0, renewal.id());
            renewals.record(renewal, new Fact.Abandoned("Superseded", "superseded: x", T0.plusSeconds(i)));
        }
        assertThat(renewals.listLatest(WSUS, 2)).extracting(Renewal::id).isEqualTo(ids.subList(0, 2));
        assertThat(renewals.findOpen(WSUS)).isEmpty();

        Renewal older = renewals.open(opened());

        assertThat(renewals.findLatest(WSUS)).map(Renewal::id).contains(older.id());
        assertThat(renewals.findLatest(CertificateName.of("other"))).isEmpty();
    }

    @Test
    void a_pending_request_keeps_the_time_since_when_it_waits() throws LifecycleException {
        Renewal renewal = recorded(2);
        renewal = renewals.record(renewal, new Fact.PendingAtCa(new RequestId("7"), "one", T0.plusSeconds(60), T0));
        renewal = renewals.record(
                renewal, new Fact.PendingAtCa(new RequestId("7"), "two", T0.plusSeconds(120), T0.plusSeconds(60)));

        assertThat(renewal.pending()).contains(new Renewal.AtCa(new RequestId("7"), T0, T0.plusSeconds(120), "two"));
    }

    @Test
    void asking_that_certainly_failed_is_taken_back() throws LifecycleException {
        Renewal renewal = renewals.record(recorded(2), new Fact.NotAsked(T0));

        assertThat(renewal.requested()).isEmpty();
        assertThat(renewal.stage()).isEqualTo(Stage.KEY_READY);
    }

    @Test
    void a_standing_comes_back_whole() throws LifecycleException {
        Renewal.Standing how = new Renewal.Standing(
                "Failed", "issuer lab: gone", "UNREACHABLE", 3, T0, Optional.of(T0.plusSeconds(60)), "plan");

        Renewal renewal = renewals.record(renewals.open(opened()), new Fact.Stands(how));

        assertThat(renewals.get(renewal.id()).standing()).contains(how);
    }

    @Test
    void a_key_that_stays_on_the_host_is_named_by_its_reference() throws LifecycleException {
        Renewal renewal = renewals.record(
                renewals.open(opened()), new Fact.HostKeyMade(Optional.of("wsus-far/4711"), request(), T0));

        assertThat(renewal.keyReady())
                .contains(new Renewal.KeyReady(Optional.empty(), Optional.of("wsus-far/4711"), request(), T0));
    }

    @Test
    void a_further_run_for_the_same_certificate_begins_where_it_was_stored() throws LifecycleException {
        Renewal closed = renewals.record(recorded(8), new Fact.Completed("renewed", T0, T0));

        Renewal again = renewals.open(closed.again(UUID.randomUUID(), RenewalReason.FORCED, Optional.empty(), T0));

        assertThat(renewals.get(again.id())).isEqualTo(again);
        assertThat(again.stage()).isEqualTo(Stage.TRUST_PUBLISHED);
        assertThat(again.issued()).contains(certificate.sha256());
    }

    @Test
    void what_the_ca_gave_is_in_the_inventory_with_its_chain_and_key() throws LifecycleException {
        Renewal renewal = recorded(3);

        StoredCertificate stored = certificates.get(certificate.sha256());

        assertThat(stored.certificate()).isEqualTo(certificate);
        assertThat(stored.certificate().chain().certificates()).hasSize(2);
        assertThat(stored.key()).contains(key);
        assertThat(stored.renewal()).isEqualTo(renewal.id());
        assertThat(stored.receivedAt()).isEqualTo(T0.plusSeconds(3));
        assertThat(stored.acceptedAt()).isEmpty();
        assertThat(certificates.findInUse(WSUS)).isEmpty();
    }

    @Test
    void the_same_certificate_received_twice_is_one_row() throws LifecycleException {
        Renewal first = recorded(3);
        renewals.record(first, new Fact.Abandoned("Superseded", "superseded: x", T0));
        Renewal second = renewals.open(opened());
        second = renewals.record(second, new Fact.HostKeyMade(Optional.empty(), request(), T0));
        second = renewals.record(second, new Fact.AboutToAsk(1, T0));

        renewals.record(second, new Fact.Received(certificate, T0.plusSeconds(99)));

        assertThat(certificates.listOf(WSUS)).hasSize(1);
        assertThat(certificates.get(certificate.sha256()).renewal()).isEqualTo(first.id());
    }

    @Test
    void a_completed_renewal_puts_its_certificate_in_use_instead_of_the_one_before() throws LifecycleException {
        renewals.record(recorded(8), new Fact.Completed("renewed", T0.plusSeconds(500), T0.plusSeconds(10)));
        IssuedCertificate next = certificate();
        Renewal second = renewals.open(opened());
        second = renewals.record(second, new Fact.HostKeyMade(Optional.empty(), request(), T0));
        second = renewals.record(second, new Fact.AboutToAsk(1, T0));
        second = renewals.record(second, new Fact.Received(next, T0.plusSeconds(20)));
        second = renewals.record(second, new Fact.Accepted(T0.plusSeconds(21)));
        second = renewals.record(second, new Fact.Stored(T0.plusSeconds(22)));
        renewals.record(second, new Fact.Completed("renewed", T0.plusSeconds(900), T0.plusSeconds(30)));

        assertThat(certificates.findInUse(WSUS))
                .map(StoredCertificate::certificate)
                .contains(next);
        assertThat(certificates.listInUse()).hasSize(1);
        assertThat(certificates.get(certificate.sha256()).inUseSince()).contains(T0.plusSeconds(10));
        assertThat(certificates.get(next.sha256()).plannedSwitchOver()).contains(T0.plusSeconds(900));
        assertThat(certificates.listOf(WSUS))
                .extracting(StoredCertificate::certificate)
                .as("the newest first")
                .containsExactly(next, certificate);
    }

    @Test
    void what_was_in_use_before_can_be_put_in_use_again_with_the_switch_over_planned_then() throws LifecycleException {
        a_completed_renewal_puts_its_certificate_in_use_instead_of_the_one_before();

        certificates.putInUse(certificate.sha256(), T0.plusSeconds(40));

        StoredCertificate inUse = certificates.findInUse(WSUS).orElseThrow();
        assertThat(inUse.certificate()).isEqualTo(certificate);
        assertThat(inUse.inUseSince()).contains(T0.plusSeconds(40));
        assertThat(inUse.plannedSwitchOver()).contains(T0.plusSeconds(500));
    }

    @Test
    void the_overlap_begins_when_the_successor_comes_into_use_and_ends_when_the_predecessor_is_retired()
            throws LifecycleException {
        assertThat(certificates.findOverlapSince(WSUS)).isEmpty();

        a_completed_renewal_puts_its_certificate_in_use_instead_of_the_one_before();

        assertThat(certificates.findOverlapSince(WSUS)).contains(T0.plusSeconds(30));
        certificates.retire(certificate.sha256(), T0.plusSeconds(50));
        assertThat(certificates.findOverlapSince(WSUS)).isEmpty();
    }

    @Test
    void a_certificate_in_use_is_not_retired() throws LifecycleException {
        renewals.record(recorded(8), new Fact.Completed("renewed", T0, T0));

        certificates.retire(certificate.sha256(), T0);

        assertThat(certificates.get(certificate.sha256()).retiredAt()).isEmpty();
    }

    @Test
    void a_refused_certificate_can_not_be_put_in_use() throws LifecycleException {
        recorded(3);

        assertThatThrownBy(() -> certificates.putInUse(certificate.sha256(), T0))
                .isInstanceOf(LifecycleException.class)
                .hasMessageContaining("certificate_in_use_was_accepted");
        assertThat(certificates.findInUse(WSUS)).isEmpty();
    }

    @Test
    void the_first_time_of_a_revocation_stands() throws LifecycleException {
        recorded(3);
        certificates.markRevoked(certificate.sha256(), T0);
        certificates.markRevoked(certificate.sha256(), T0.plusSeconds(60));

        assertThat(certificates.get(certificate.sha256()).revokedAt()).contains(T0);
    }

    @Test
    void a_key_is_found_before_it_has_a_certificate() throws LifecycleException {
        Renewal renewal = recorded(1);

        assertThat(certificates.findKey(
                        renewal.keyReady().orElseThrow().sealedKey().orElseThrow()))
                .contains(key);
        assertThat(certificates.findKey(UUID.randomUUID())).isEmpty();
    }

    @Test
    void an_unknown_certificate_or_renewal_is_said_to_be_unknown() {
        Sha256Fingerprint nobody = new Sha256Fingerprint("E".repeat(64));

        assertThatThrownBy(() -> certificates.get(nobody))
                .hasMessage("certificate " + nobody + " is not in the database");
        UUID id = new UUID(1, 2);
        assertThatThrownBy(() -> renewals.get(id)).hasMessage("renewal " + id + " is not in the database");
    }

    @Test
    void due_looks_come_the_longest_waiting_first_and_no_more_than_asked_for() throws LifecycleException {
        looks.put(CertificateName.of("b"), "renew", Optional.of(T0.plusSeconds(1)));
        looks.put(CertificateName.of("a"), "retry", Optional.of(T0.plusSeconds(2)));
        looks.put(CertificateName.of("later"), "renew", Optional.of(T0.plusSeconds(60)));
        looks.put(CertificateName.of("person"), "retry", Optional.empty());

        assertThat(looks.listDue(T0.plusSeconds(2), 10))
                .containsExactly(CertificateName.of("b"), CertificateName.of("a"));
        assertThat(looks.listDue(T0.plusSeconds(2), 1)).containsExactly(CertificateName.of("b"));
        assertThat(looks.listDue(T0, 10)).isEmpty();
        assertThat(looks.findNext()).contains(T0.plusSeconds(1));
    }

    @Test
    void a_later_look_replaces_the_one_before_and_strangers_are_forgotten() throws LifecycleException {
        looks.put(WSUS, "renew", Optional.of(T0));
        looks.put(WSUS, "retry", Optional.of(T0.plusSeconds(5)));
        looks.put(CertificateName.of("gone"), "renew", Optional.of(T0));

        looks.keepOnly(Set.of(WSUS));

        assertThat(looks.listDue(T0.plusSeconds(9), 10)).containsExactly(WSUS);
        assertThat(looks.findNext()).contains(T0.plusSeconds(5));
        looks.keepOnly(Set.of());
        assertThat(looks.findNext()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RenewalReason.class)
    void a_renewal_is_kept_whatever_its_reason(RenewalReason reason) throws LifecycleException {
        renewals.open(opened(reason));

        assertThat(renewals.findOpen(WSUS).map(Renewal::reason)).contains(reason);
    }

    private Renewal opened() {
        return opened(RenewalReason.NEARING_EXPIRY);
    }

    private static Renewal opened(RenewalReason reason) {
        return Renewal.opened(UUID.randomUUID(), WSUS, reason, new IssuerName("lab"), "digest", T0);
    }

    /** A renewal with the first {@code count} facts of the story. */
    private Renewal recorded(int count) throws LifecycleException {
        Renewal renewal = renewals.open(opened());
        for (Fact fact : facts().subList(0, count)) {
            renewal = renewals.record(renewal, fact);
        }
        return renewal;
    }

    private List<Fact> facts() {
        return List.of(
                new Fact.KeyMade(new UUID(7, 7), key, request(), T0.plusSeconds(1)),
                new Fact.AboutToAsk(1, T0.plusSeconds(2)),
                new Fact.Received(certificate, T0.plusSeconds(3)),
                new Fact.Accepted(T0.plusSeconds(4)),
                new Fact.Stored(T0.plusSeconds(5)),
                new Fact.TrustPublished(T0.plusSeconds(6)),
                new Fact.Bound(T0.plusSeconds(7)),
                new Fact.Verified(T0.plusSeconds(8)));
    }

    private io.certwright.certificate.CertificateSigningRequest request() {
        return new io.certwright.certificate.CertificateSigningRequest(
                new byte[] {1, 2, 3}, pair.getPublic().getEncoded());
    }

    private IssuedCertificate certificate() {
        return CA.leaf("wsus01.contoso.com")
                .publicKey(new CsrBuilder(new SecureRandom())
                        .build(SubjectAlternativeNames.ofDns("wsus01.contoso.com"), pair)
                        .publicKey())
                .issue();
    }
}
