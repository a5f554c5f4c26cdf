package io.certwright.binding.iis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.audit.AuditAct;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Due;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.InventoryLine;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.store.postgres.PostgresInventory;
import io.certwright.testing.IisHouse;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.windows.StoreName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The story of a server whose certificate a person had bound by hand, of a CA that nobody here knows. */
final class AdoptedStoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration LIFE = Duration.ofDays(365);

    private final TestCertificate byHand = TestCa.root("CN=Strange Test Root", StoryBench.START)
            .leaf(IisHouse.NAME)
            .valid(StoryBench.START.minus(LIFE.dividedBy(2)), StoryBench.START.plus(LIFE.dividedBy(2)));
    private final IssuedCertificate served = byHand.issue();
    private IisHouse house;
    private ManagedCertificate wish;

    @BeforeEach
    void open() throws Exception {
        house = new IisHouse(DATABASE);
        house.server.putCertificate(
                StoreName.MY, served.leaf(), Optional.of(byHand.keyPair().getPrivate()), true);
        house.server.putHttpSysEntry("ipport=0.0.0.0:" + house.https, served.thumbprint(), "My");
        house.bench.group("clients", true, Duration.ofDays(14));
        wish = house.bench.inForce(
                TestWish.named("wsus01").boundTo(house.bound()).forClients("clients"));
    }

    @AfterEach
    void shut() {
        house.close();
    }

    private Due adopt() throws LifecycleException {
        return house.bench.story().adopting().ensureAdopted(wish, served, Due.Lead.NONE, "WSUS Administration *:8531:");
    }

    private Instant dueByRule() {
        return served.validity().notBefore().plus(Duration.ofSeconds((long) (LIFE.toSeconds() * 0.66)));
    }

    @Test
    void it_is_in_use_and_due_by_the_rule_though_its_ca_is_a_stranger() throws LifecycleException {
        Due due = adopt();

        assertThat(due.at()).isEqualTo(dueByRule());
        assertThat(due.reason()).isEqualTo(RenewalReason.NEARING_EXPIRY);
        assertThat(house.inUse()).isEqualTo(served.thumbprint());
        assertThat(house.bench.inUse().isAdopted()).isTrue();
        assertThat(house.bench.inUse().key()).isEmpty();
        assertThat(house.bench.inUse().isFitToServeAt(StoryBench.START)).isTrue();
        assertThat(house.bench.inUse().plannedSwitchOver()).contains(dueByRule());
        assertThat(house.bench.renew()).isInstanceOf(RenewalOutcome.NotDue.class);
        assertThat(house.bench.stored().audit().listNewest(1)).singleElement().satisfies(entry -> {
            assertThat(entry.act()).isEqualTo(AuditAct.ADOPT);
            assertThat(entry.details())
                    .isEqualTo(served.thumbprint() + ", as it was bound at WSUS Administration *:8531:");
        });
    }

    @Test
    void the_list_and_the_history_say_how_it_came() throws LifecycleException {
        adopt();

        InventoryLine line =
                new PostgresInventory(DATABASE.database()).page("", 10).get(0);
        assertThat(line.stage()).isEqualTo(Stage.ADOPTED);
        assertThat(line.lastOutcome()).contains("Adopted");
        assertThat(line.open()).isEmpty();
        assertThat(line.inUse().map(InventoryLine.InUse::thumbprint)).contains(served.thumbprint());
        assertThat(line.due()).contains(new InventoryLine.DueThen(dueByRule(), RenewalReason.NEARING_EXPIRY));
        assertThat(house.bench.latest().reason()).isEqualTo(RenewalReason.ADOPTED);
        assertThat(house.bench.latest().stage()).isEqualTo(Stage.ADOPTED);
        assertThat(house.bench.latest().isOpen()).isFalse();
    }

    @Test
    void whoever_adopts_again_changes_nothing() throws LifecycleException {
        Due first = adopt();
        house.bench.clock.advance(Duration.ofDays(1));

        assertThat(adopt()).isEqualTo(first);
        assertThat(house.bench.stored().renewals().listLatest(StoryBench.WSUS, 10))
                .hasSize(1);
    }

    @Test
    void it_is_mailed_about_as_any_other() throws LifecycleException {
        adopt();

        assertThat(house.bench.story().watchList().listWatched())
                .singleElement()
                .satisfies(watched -> {
                    assertThat(watched.subject()).isEqualTo("wsus01");
                    assertThat(watched.thumbprint()).isEqualTo(served.thumbprint());
                });
    }

    @Test
    void the_first_renewal_pins_both_waits_for_clients_and_takes_its_place() throws LifecycleException {
        adopt();
        house.bench.clock.moveTo(dueByRule());

        assertThat(house.bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);
        assertThat(house.served()).contains(served.thumbprint());
        assertThat(house.bench
                        .stored()
                        .trust()
                        .getGiven(house.bench.wishes.group(wish.clients().orElseThrow()))
                        .bundle()
                        .pins())
                .extracting(pin -> pin.thumbprint())
                .contains(served.thumbprint())
                .hasSize(2);

        house.bench.clock.advance(Duration.ofDays(14));
        assertThat(house.bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse()).isNotEqualTo(Optional.of(served.thumbprint()));
    }

    private void renewedAfterwards() throws LifecycleException {
        adopt();
        house.bench.clock.moveTo(dueByRule());
        house.bench.renewed(Urge.NONE.andAcceptUntrustingClients());
    }

    @Test
    void a_failed_proof_goes_back_to_it_by_its_thumbprint_in_the_store() throws LifecycleException {
        adopt();
        house.server.putHttpSysEntry("ipport=127.0.0.1:" + house.https, served.thumbprint(), "My");
        house.bench.clock.moveTo(dueByRule());

        RenewalOutcome outcome = house.bench.renew(Urge.NONE.andAcceptUntrustingClients());

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(house.served()).contains(served.thumbprint());
        assertThat(house.inUse()).isEqualTo(served.thumbprint());
    }

    @Test
    void a_person_goes_back_to_it_and_forward_again() throws LifecycleException {
        renewedAfterwards();
        Thumbprint next = house.inUse();

        RenewalOutcome back =
                house.bench.story().rollingBack().rollBack(StoryBench.WSUS, (certificate, step, sentence) -> {});

        assertThat(back).as(back.sentence()).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(house.served()).contains(served.thumbprint());
        assertThat(house.inUse()).isEqualTo(served.thumbprint());
        assertThat(house.bench.renew(Urge.BIND.andAcceptUntrustingClients()))
                .isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(next);
    }

    /** Nobody here knows what else it serves on that machine. */
    @Test
    void it_is_retired_but_stays_in_the_store_of_the_host() throws LifecycleException {
        renewedAfterwards();

        assertThat(house.bench.story().retiring().retireNow(wish))
                .extracting(old -> old.certificate().thumbprint())
                .containsExactly(served.thumbprint());
        assertThat(house.server.certificates(StoreName.MY))
                .extracting(Thumbprint::of)
                .contains(served.thumbprint());
    }

    @Test
    void there_is_nothing_of_ours_to_bind_or_to_revoke() throws LifecycleException {
        adopt();

        assertThat(house.bench.renew(Urge.BIND).sentence())
                .contains(
                        "certificate wsus01: the one in use was bound by hand and taken over, so there is none of ours to"
                                + " bind; \"certwright renew wsus01 --force\" issues one");
        assertThatThrownBy(() -> house.bench
                        .story()
                        .revoking()
                        .revoke(wish, RevocationReason.SUPERSEDED, (certificate, step, sentence) -> {}))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("certificate wsus01: the one in use was bound by hand and taken over, so no issuer of the"
                        + " settings gave it; ask the people of its CA to revoke serial " + served.serial()
                        + ", after \"certwright renew wsus01 --force\"");
    }

    @Test
    void an_expired_one_is_an_emergency() throws LifecycleException {
        adopt();
        house.bench.clock.moveTo(served.validity().notAfter().plusSeconds(1));

        assertThat(house.bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse());
    }

    @Test
    void one_that_is_served_in_two_places_is_known_under_one_name() throws LifecycleException {
        adopt();
        ManagedCertificate other =
                house.bench.inForce(TestWish.named("portal").dns(IisHouse.NAME).boundTo(house.bound()));

        assertThatThrownBy(() -> house.bench.story().adopting().ensureAdopted(other, served, Due.Lead.NONE, "Portal"))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("certificate " + served.thumbprint()
                        + " is known already as one of wsus01; add this place under"
                        + " bind of wsus01 in the settings, so that one renewal changes all");
        assertThat(house.bench.stored().certificates().findInUse(CertificateName.of("portal")))
                .isEmpty();
    }

    @Test
    void a_name_that_has_a_certificate_takes_no_other() throws LifecycleException {
        house.bench.renew(Urge.FORCE.andAcceptUntrustingClients());

        assertThatThrownBy(this::adopt)
                .isInstanceOf(LifecycleException.class)
                .hasMessage(
                        "certificate wsus01: there is one of this name in the record, in use or under way; give another name"
                                + " with --name");
        assertThat(house.bench.stored().certificates().find(Sha256Fingerprint.of(served.leaf())))
                .isEmpty();
        assertThat(List.of(house.inUse())).doesNotContain(served.thumbprint());
    }
}
