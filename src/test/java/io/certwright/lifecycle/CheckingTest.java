package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.Stage;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.policy.Allowance;
import io.certwright.policy.Violation;
import io.certwright.policy.ViolationCode;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestWish;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CheckingTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;

    @BeforeEach
    void open() throws LifecycleException {
        bench = new StoryBench(DATABASE);
    }

    @Test
    void a_certificate_for_another_key_is_rejected_recorded_and_never_bound() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.key(TestKeys.shared(KeySpec.P_256))));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RenewalOutcome.Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .extracting(Violation::code)
                                .containsExactly(ViolationCode.KEY_NOT_OURS));
        assertThat(outcome.sentence()).startsWith("refused by our checks: ");
        assertThat(bench.web.journal()).isEmpty();
        assertThat(bench.stored().certificates().findInUse(StoryBench.WSUS)).isEmpty();
        assertThat(bench.latest().stage()).isEqualTo(Stage.ISSUED);
    }

    @Test
    void a_rejected_certificate_stays_named_in_the_inventory_without_acceptance() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()));

        bench.renew();

        StoredCertificate refused =
                bench.stored().certificates().listOf(StoryBench.WSUS).get(0);
        assertThat(refused.certificate()).isEqualTo(bench.issuer.signed().get(0).certificate());
        assertThat(refused.acceptedAt()).isEmpty();
        assertThat(refused.inUseSince()).isEmpty();
        assertThat(refused.isFitToServeAt(StoryBench.START)).isFalse();
    }

    private static TestCertificate withList(TestCertificate draft) {
        GeneralName address = new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.contoso.com/lab.crl");
        DistributionPoint point =
                new DistributionPoint(new DistributionPointName(new GeneralNames(address)), null, null);
        return draft.extension(
                Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
    }

    @Test
    void a_certificate_that_is_revoked_already_is_never_bound() throws LifecycleException {
        bench.wishInForce();
        bench.revocation.revokeAll();
        bench.issuer.then(bench.issuer.issues(CheckingTest::withList));

        assertThat(bench.renew())
                .isInstanceOfSatisfying(
                        RenewalOutcome.Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .extracting(Violation::code)
                                .containsExactly(ViolationCode.REVOKED));
        assertThat(bench.web.journal()).isEmpty();
    }

    @Test
    void nobody_is_asked_about_certificates_that_do_not_say_whom_to_ask() throws LifecycleException {
        bench.wishInForce();
        bench.revocation.revokeAll();
        bench.issuer.then(bench.issuer.issues());

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(bench.revocation.asked()).isEmpty();
    }

    @Test
    void an_address_of_the_issuer_alone_names_nobody_to_ask() throws LifecycleException {
        bench.wishInForce();
        bench.revocation.revokeAll();
        GeneralName address = new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.contoso.com/ca.crt");
        bench.issuer.then(bench.issuer.issues(draft -> draft.extension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, address))));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(bench.revocation.asked()).isEmpty();
    }

    @Test
    void only_the_certificate_that_names_a_list_is_asked_about() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(CheckingTest::withList));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(bench.revocation.asked())
                .containsExactly(bench.issuer.signed().get(0).certificate().sha256());
    }

    @Test
    void a_certificate_of_another_template_than_its_issuer_asks_by_is_told_of() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.askingBy("WebServer2027");
        bench.issuer.then(bench.issuer.issues(draft -> draft.extension(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2"), false, new DERBMPString("WebServer"))));

        bench.renew();

        assertThat(bench.told())
                .anySatisfy(
                        step -> assertThat(step).contains("got the template \"WebServer\", wanted \"WebServer2027\""));
    }

    @Test
    void a_rejection_is_not_tried_again_by_itself() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()));
        bench.renew();

        assertThat(bench.standing().nextAttemptAt()).isEmpty();
        bench.clock.advance(Duration.ofDays(10));
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Rejected.class);
        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void a_person_who_forces_after_a_rejection_gets_a_new_certificate() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()));
        bench.renew();

        bench.renewed(Urge.FORCE);

        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void a_rejected_successor_leaves_the_certificate_in_use_where_it_is() throws LifecycleException {
        bench.wishInForce();
        StoredCertificate first = bench.renewed();
        bench.untilDue();
        bench.issuer.then(bench.issuer.issues(draft -> draft.dns("evil.example").noSan()));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Rejected.class);

        assertThat(bench.inUse().certificate()).isEqualTo(first.certificate());
        assertThat(bench.web.served()).contains(first.certificate().chain());
    }

    @Test
    void a_certificate_that_begins_in_the_future_waits_until_then() throws LifecycleException {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft ->
                draft.valid(StoryBench.START.plus(Duration.ofHours(2)), StoryBench.START.plus(Duration.ofDays(90)))));

        RenewalOutcome outcome = bench.renew();

        assertThat(outcome).isInstanceOfSatisfying(RenewalOutcome.Waiting.class, waiting -> {
            assertThat(waiting.hold().kind()).isEqualTo(HoldKind.VALIDITY);
            assertThat(waiting.hold().until()).contains(StoryBench.START.plus(Duration.ofHours(2)));
            assertThat(waiting.hold().sentence()).endsWith("; check this machine's clock");
        });
        assertThat(bench.web.journal()).isEmpty();

        bench.clock.advance(Duration.ofHours(2));
        bench.renewed();
        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void one_that_is_early_and_wrong_is_rejected_at_once() {
        bench.wishInForce();
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()
                .valid(StoryBench.START.plus(Duration.ofHours(2)), StoryBench.START.plus(Duration.ofDays(90)))));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Rejected.class);
    }

    private static List<ViolationCode> refusedFor(RenewalOutcome outcome) {
        assertThat(outcome).isInstanceOf(RenewalOutcome.Rejected.class);
        return ((RenewalOutcome.Rejected) outcome)
                .violations().stream()
                        .filter(Violation::isError)
                        .map(Violation::code)
                        .toList();
    }

    private void pinned() {
        bench.group("pinning", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("pinning"));
    }

    @Test
    void a_certificate_that_ends_before_pinned_clients_can_have_it_is_rejected() {
        pinned();
        bench.issuer.issuingFor(Duration.ofDays(10));

        assertThat(refusedFor(bench.renew())).containsExactly(ViolationCode.TOO_SHORT_TO_SERVE);
    }

    @Test
    void a_wait_that_fitted_when_it_began_is_not_held_against_the_certificate_later() throws LifecycleException {
        pinned();
        bench.renewed();
        bench.untilDue();
        bench.issuer.issuingFor(Duration.ofDays(20));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);
        bench.clock.advance(Duration.ofDays(14));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void a_short_certificate_is_better_than_an_expired_one() throws LifecycleException {
        pinned();
        bench.renewed();
        bench.clock.advance(Duration.ofDays(91));
        bench.issuer.issuingFor(Duration.ofDays(10));

        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void a_successor_that_loses_a_name_which_a_binding_has_is_rejected() throws LifecycleException {
        bench.inForce(TestWish.named("wsus01")
                .dns("wsus01.contoso.com", "web.contoso.com")
                .boundTo(bench.web));
        bench.renewed();

        bench.inForce(TestWish.named("wsus01").dns("wsus01.contoso.com").boundTo(bench.web));

        assertThat(refusedFor(bench.renew())).containsExactly(ViolationCode.NAME_IN_USE_LOST);
    }

    @Test
    void a_certificate_in_use_that_the_checks_refuse_today_is_renewed() throws LifecycleException {
        bench.inForce(TestWish.named("wsus01")
                .dns("*.contoso.com")
                .allowing(Allowance.WILDCARD)
                .boundTo(bench.web));
        bench.renewed();
        TestCa other = TestCa.root("CN=Other Root", StoryBench.START).intermediate("CN=Other Issuing");
        var moved = new io.certwright.testing.ScriptedIssuer("lab", other, bench.clock);
        bench.add(moved);
        bench.clock.advance(Duration.ofMinutes(1));

        bench.renewed();

        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.POLICY_CHANGED);
        assertThat(moved.asked()).hasSize(1);
    }

    @Test
    void an_expired_certificate_in_use_is_due_because_of_its_age_not_of_the_checks() throws LifecycleException {
        bench.wishInForce();
        bench.renewed();
        bench.clock.advance(Duration.ofDays(100));

        bench.renewed();

        assertThat(bench.latest().reason()).isEqualTo(RenewalReason.NEARING_EXPIRY);
    }

    @Test
    void an_anchor_of_the_settings_counts_beside_those_of_the_issuer() throws LifecycleException {
        TestCa other = TestCa.root("CN=Other Root", StoryBench.START).intermediate("CN=Other Issuing");
        bench.wishInForce();
        bench.issuer.then(request -> new io.certwright.enrollment.Issued(other.leaf("wsus01.contoso.com")
                .publicKey(request.csr().publicKey())
                .issue()));
        bench.wishes.trusting(other.anchor());

        assertThat(bench.renewed().certificate().issuerDn()).isEqualTo("CN=Other Issuing");
    }
}
