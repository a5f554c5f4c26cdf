package io.certwright.binding.iis;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.AlertKind;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.IisHouse;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class IisStoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private IisHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new IisHouse(DATABASE);
    }

    @AfterEach
    void shut() {
        house.close();
    }

    @Test
    void the_first_certificate_is_bound_and_proven_by_handshakes_with_and_without_a_name() throws LifecycleException {
        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse());
        assertThat(house.bench.told()).anyMatch(step -> step.startsWith("bind: iis:wsus01/WSUS Administration:"));
        assertThat(((RenewalOutcome.Renewed) outcome).proof().sentence())
                .startsWith("127.0.0.1:" + house.https
                        + " (server name wsus01.contoso.com) presents the new certificate (TLSv1.3,");
    }

    @Test
    void a_renewal_takes_the_place_and_the_predecessor_stays_in_the_store() throws LifecycleException {
        Thumbprint first = house.bench.renewed().certificate().thumbprint();
        house.bench.untilDue();

        Thumbprint second = house.bench.renewed().certificate().thumbprint();

        assertThat(second).isNotEqualTo(first);
        assertThat(house.served()).contains(second);
        assertThat(house.server.certificates(StoreName.MY))
                .extracting(Thumbprint::of)
                .contains(first, second);
    }

    /** The old entry of an address wins over the binding: the handshake shows it, and everything goes back. */
    @Test
    void a_stray_entry_of_http_sys_makes_the_proof_fail_and_the_old_certificate_come_back() throws LifecycleException {
        Thumbprint first = house.bench.renewed().certificate().thumbprint();
        house.server.putHttpSysEntry("ipport=127.0.0.1:" + house.https, first, "My");
        house.bench.untilDue();

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(house.served()).contains(first);
        assertThat(house.inUse()).isEqualTo(first);
    }

    @Test
    void a_first_certificate_that_is_not_served_leaves_the_binding_bare_again() throws Exception {
        Thumbprint other = strangersCertificate();
        house.server.putHttpSysEntry("hostnameport=wsus01.contoso.com:" + house.https, other, "My");

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(house.served()).isEmpty();
    }

    private Thumbprint strangersCertificate() {
        var stranger = house.bench.ca.leaf("stranger.contoso.com");
        var leaf = stranger.certificate();
        house.server.putCertificate(
                StoreName.MY, leaf, Optional.of(stranger.keyPair().getPrivate()), true);
        return Thumbprint.of(leaf);
    }

    @Test
    void a_host_in_report_mode_gets_nothing() {
        house.mode(HostMode.REPORT);

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RenewalOutcome.Waiting.class,
                        waiting -> assertThat(waiting.hold().kind()).isEqualTo(HoldKind.REPORT_MODE));
        assertThat(house.server.called()).doesNotContain("Set-BindingCertificate", "Import-Pfx");
    }

    @Test
    void a_port_that_is_closed_from_here_is_proven_on_the_host() throws LifecycleException {
        house.close();

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(((RenewalOutcome.Renewed) outcome).proof().sentence())
                .contains("presents the new certificate on its own machine", "but does not answer from here");
        assertThat(house.server.called()).contains("Get-PresentedCertificate");
    }

    @Test
    void a_person_goes_back_to_the_certificate_before() throws LifecycleException {
        Thumbprint first = house.bench.renewed().certificate().thumbprint();
        house.bench.renewed(Urge.FORCE);

        RenewalOutcome outcome =
                house.bench.story().rollingBack().rollBack(StoryBench.WSUS, (certificate, step, sentence) -> {});

        assertThat(outcome).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(house.served()).contains(first);
    }

    @Test
    void flags_that_windows_loses_at_a_renewal_are_back_when_it_ends() throws LifecycleException {
        house.server.with(Behaviour.LOSES_SSL_FLAGS);
        house.server.addBinding(FreshWsus.SITE_ID, "https", "*:" + house.https + ":wsus01.contoso.com", 37);

        house.bench.renewed();

        assertThat(house.bench.stored().snapshots().list(house.bench.latest().id()))
                .singleElement()
                .satisfies(snapshot -> assertThat(snapshot.state().memento()).contains(":wsus01.contoso.com\t37\t"));
        assertThat(house.server.called()).contains("Set-BindingFlags");
    }

    @Test
    void nothing_is_changed_where_everything_is_as_wished() throws LifecycleException {
        house.bench.renewed();
        List<String> before = house.server.called();

        house.bench.renew();

        assertThat(house.server
                        .called()
                        .subList(before.size(), house.server.called().size()))
                .allMatch(call -> call.startsWith("Get-"));
    }

    @Test
    void a_rehearsal_names_what_the_renewal_would_leave_as_it_is() throws LifecycleException {
        Thumbprint first = house.bench.renewed().certificate().thumbprint();
        house.server.putHttpSysEntry("ipport=127.0.0.1:" + house.https, first, "My");
        house.server.putHttpSysEntry("ipport=0.0.0.0:9", first, "My");
        house.server.with(Behaviour.HAS_REBIND_TASK);

        assertThat(house.bench
                        .story()
                        .preview()
                        .of(house.bench.wishes.find(StoryBench.WSUS).orElseThrow()))
                .filteredOn(line -> line.startsWith("left as it is: "))
                .containsExactly(
                        "left as it is: AUTOMATIC_REBIND: IIS's own task IIS-AutoCertRebind is on; it may bind a renewed"
                                + " certificate before clients have its pin; fix: Disable-ScheduledTask -TaskPath"
                                + " \\Microsoft\\Windows\\CertificateServicesClient\\ -TaskName IIS-AutoCertRebind",
                        "left as it is: STRAY_ENTRY: http.sys has an entry for 127.0.0.1:" + house.https
                                + " that no binding of IIS refers to; it serves " + first
                                + " there in place of what IIS shows; fix: netsh http delete sslcert ipport=127.0.0.1:"
                                + house.https);
    }

    @Test
    void a_server_that_sends_no_intermediates_is_told_of_and_keeps_the_new_certificate() throws LifecycleException {
        house.server.with(Behaviour.SENDS_LEAF_ALONE);

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome.sentence())
                .contains(
                        "presents the new certificate",
                        "; but 127.0.0.1:" + house.https,
                        " does not send CN=Test Issuing (")
                .endsWith("), so that clients which have only the root cannot build the chain");
        assertThat(outcome).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse());
        assertThat(house.bench.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.key().kind()).isEqualTo(AlertKind.CHAIN_NOT_SENT);
            assertThat(alert.sentence())
                    .isEqualTo("wsus01: the new certificate serves, but is sent without its intermediates");
        });
    }

    @Test
    void a_chain_that_is_sent_again_ends_the_alert() throws LifecycleException {
        house.server.with(Behaviour.SENDS_LEAF_ALONE);
        house.bench.renew();
        house.server.without(Behaviour.SENDS_LEAF_ALONE);

        assertThat(house.bench.renew(Urge.FORCE).sentence()).doesNotContain("does not send");

        assertThat(house.bench.alertKinds()).doesNotContain(AlertKind.CHAIN_NOT_SENT);
    }
}
