package io.certwright.binding.iis;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.binding.BindingSnapshot;
import io.certwright.binding.HostName;
import io.certwright.certificate.Thumbprint;
import io.certwright.discovery.HostScan;
import io.certwright.discovery.ScannedHost;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.probe.Endpoint;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.testing.FreePorts;
import io.certwright.testing.IisHouse;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.Mishap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One site with two https bindings, as WSUS servers on 8531 and 443 have: one certificate for both, and both or none of them changed. */
final class TwoPortsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String BIND = "Set-BindingCertificate";

    private IisHouse house;
    private int second;

    @BeforeEach
    void open() throws Exception {
        second = FreePorts.one();
        house = new IisHouse(DATABASE, List.of(second));
    }

    @AfterEach
    void shut() {
        house.close();
    }

    private Thumbprint renewedOnBoth() throws LifecycleException {
        house.bindOn(List.of(house.https, second));
        return house.bench.renewed().certificate().thumbprint();
    }

    private Thumbprint handshake(int port) throws LifecycleException {
        return Thumbprint.of(new JsseTlsProbe(Duration.ofSeconds(10))
                .look(Endpoint.of("127.0.0.1", port))
                .chain()
                .leaf());
    }

    private void assertBothServe(Thumbprint wanted) throws LifecycleException {
        assertThat(house.served(house.https)).contains(wanted);
        assertThat(house.served(second)).contains(wanted);
        assertThat(handshake(house.https)).isEqualTo(wanted);
        assertThat(handshake(second)).isEqualTo(wanted);
    }

    private int binds() {
        return (int) house.server.called().stream().filter(BIND::equals).count();
    }

    @Test
    void one_certificate_is_bound_and_proven_on_both() throws LifecycleException {
        house.bindOn(List.of(house.https, second));

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(outcome.sentence())
                .contains("127.0.0.1:" + house.https + " (server name wsus01.contoso.com) presents the new certificate")
                .contains("127.0.0.1:" + second + " (server name wsus01.contoso.com) presents the new certificate");
        assertBothServe(house.inUse());
        assertThat(house.bench.stored().snapshots().list(house.bench.latest().id()))
                .extracting(BindingSnapshot::binding)
                .containsExactlyInAnyOrder(
                        new IisSettings(IisHouse.HOST, FreshWsus.SITE, house.https).name(),
                        new IisSettings(IisHouse.HOST, FreshWsus.SITE, second).name());
        assertThat(house.server.called()).filteredOn("Import-Pfx"::equals).hasSize(1);
    }

    @Test
    void a_renewal_changes_both_and_a_run_after_it_neither() throws LifecycleException {
        Thumbprint first = renewedOnBoth();
        house.bench.untilDue();

        Thumbprint next = house.bench.renewed().certificate().thumbprint();

        assertThat(next).isNotEqualTo(first);
        assertBothServe(next);
        int before = binds();
        assertThat(house.bench.renew()).isInstanceOf(RenewalOutcome.NotDue.class);
        assertThat(binds()).isEqualTo(before);
    }

    /** A stray entry for one address on the second port goes on serving the old one there, which only a handshake shows. */
    @Test
    void a_second_port_that_serves_something_else_brings_both_back() throws LifecycleException {
        Thumbprint old = renewedOnBoth();
        house.server.putHttpSysEntry("ipport=127.0.0.1:" + second, old, "My");

        RenewalOutcome outcome = house.bench.renew(Urge.FORCE);

        assertThat(outcome).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(outcome.sentence())
                .matches("rolled back to the previous certificate: 127\\.0\\.0\\.1:" + second + " presents "
                        + old.abbreviated() + "…, wanted [0-9A-F]{8}…");
        assertBothServe(old);
        assertThat(house.inUse()).isEqualTo(old);
    }

    @Test
    void a_first_port_that_serves_something_else_keeps_the_second_from_being_touched() throws LifecycleException {
        Thumbprint old = renewedOnBoth();
        house.server.putHttpSysEntry("ipport=127.0.0.1:" + house.https, old, "My");
        int before = binds();

        assertThat(house.bench.renew(Urge.FORCE)).isInstanceOf(RenewalOutcome.RolledBack.class);

        assertBothServe(old);
        assertThat(binds() - before).as("to the new one and back").isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, false",
        "ERROR, true",
        "CONNECTION_LOST, false",
        "CONNECTION_LOST, true",
        "HANG, true",
        "HALF_ANSWER, true",
        "GARBAGE, true"
    })
    void a_second_port_that_cannot_be_bound_brings_both_back(Mishap.Kind kind, boolean afterEffect)
            throws LifecycleException {
        Thumbprint old = renewedOnBoth();
        house.server.plan(new Mishap(Optional.of(BIND), 1, afterEffect, kind));

        RenewalOutcome outcome = house.bench.renew(Urge.FORCE);

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.RolledBack.class);
        assertThat(outcome.sentence())
                .startsWith("rolled back to the previous certificate: iis:wsus01/WSUS Administration:" + second
                        + " could not be bound: host wsus01: ");
        assertBothServe(old);
        assertThat(house.inUse()).isEqualTo(old);
        assertThat(house.bench.renew(Urge.BIND)).isInstanceOf(RenewalOutcome.Renewed.class);
        assertBothServe(house.inUse());
    }

    @Test
    void a_first_port_that_refuses_before_anything_is_changed_ends_as_failed_and_changes_neither()
            throws LifecycleException {
        Thumbprint old = renewedOnBoth();
        house.server.plan(Mishap.at(BIND, false, Mishap.Kind.ERROR));

        assertThat(house.bench.renew(Urge.FORCE)).isInstanceOf(RenewalOutcome.Failed.class);

        assertBothServe(old);
    }

    /** One that cannot go back keeps no other from going back; a person is told which. */
    @Test
    void a_port_that_cannot_go_back_is_told_as_act_now() throws LifecycleException {
        Thumbprint old = renewedOnBoth();
        house.server.plan(new Mishap(Optional.of(BIND), 1, false, Mishap.Kind.ERROR));
        house.server.plan(new Mishap(Optional.of(BIND), 1, false, Mishap.Kind.ERROR));

        RenewalOutcome outcome = house.bench.renew(Urge.FORCE);

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.RestoreFailed.class);
        assertThat(outcome.sentence())
                .startsWith("act now: iis:wsus01/WSUS Administration:" + second + " could not be bound: ")
                .contains("the previous certificate was not restored: iis:wsus01/WSUS Administration:" + house.https
                        + ": host wsus01: Set-BindingCertificate failed: ");
        assertThat(house.served(second)).contains(old);
        assertThat(house.served(house.https)).isNotEqualTo(Optional.of(old));
    }

    @Test
    void a_person_goes_back_on_both() throws LifecycleException {
        Thumbprint old = renewedOnBoth();
        house.bench.renewed(Urge.FORCE);

        house.bench.story().rollingBack().rollBack(StoryBench.WSUS, (certificate, step, sentence) -> {});

        assertBothServe(old);
    }

    /** Bound by hand, and not in the settings: a renewal of the other one leaves it, and a scan names it. */
    @Test
    void a_second_port_that_is_not_in_the_settings_stays_as_it_is_and_is_reported() throws LifecycleException {
        Thumbprint first = house.bench.renewed().certificate().thumbprint();
        house.server
                .host()
                .perform(new SetBindingCertificate(FreshWsus.SITE_ID, "*:" + second + ":", first, StoreName.MY));
        int before = binds();

        Thumbprint next = house.bench.renewed(Urge.FORCE).certificate().thumbprint();

        assertThat(house.served()).contains(next);
        assertThat(house.served(second)).contains(first);
        assertThat(handshake(second)).isEqualTo(first);
        assertThat(binds() - before).isEqualTo(1);
        ScannedHost scanned = scan();
        assertThat(scanned.isSettled()).isFalse();
        assertThat(scanned.bindings())
                .filteredOn(found -> found.managedBy().isEmpty())
                .singleElement()
                .satisfies(found -> assertThat(found.port()).isEqualTo(second));
    }

    private ScannedHost scan() throws LifecycleException {
        return new HostScan(
                        (HostName name) -> house.server.host(),
                        house.bench.wishes,
                        house.bench.stored().certificates())
                .scan(IisHouse.HOST);
    }

    @Test
    void a_scan_is_settled_where_the_settings_have_both() throws LifecycleException {
        renewedOnBoth();

        assertThat(scan().isSettled()).isTrue();
    }

    @Test
    @Tag("long")
    void every_fault_at_every_call_leaves_both_with_the_wished_or_both_with_the_old_certificate() throws Exception {
        matrix(1);
    }

    @Test
    void some_faults_leave_both_with_the_wished_or_both_with_the_old_certificate() throws Exception {
        matrix(113);
    }

    private void matrix(int step) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        int calls = callsOfARenewal();
        int number = 0;
        for (int call = 0; call < calls; call++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                for (Mishap.Kind kind : Mishap.Kind.values()) {
                    if (number++ % step == 0) {
                        counts.merge(outcomeOf(call, afterEffect, kind), 1, Integer::sum);
                    }
                }
            }
        }
        System.out.println("Faults at the " + calls + " calls of a renewal on two ports, by outcome: " + counts);
        assertThat(counts).containsOnlyKeys("Failed", "RolledBack");
    }

    private int callsOfARenewal() throws LifecycleException {
        renewedOnBoth();
        int before = house.server.called().size();
        house.bench.renewed(Urge.FORCE);
        return house.server.called().size() - before;
    }

    private String outcomeOf(int call, boolean afterEffect, Mishap.Kind kind) throws Exception {
        shut();
        open();
        Thumbprint old = renewedOnBoth();
        house.server.plan(Mishap.atCall(call, afterEffect, kind));

        RenewalOutcome outcome = house.bench.renew(Urge.FORCE);

        house.server.forgetMishaps();
        String where = "call " + call + (afterEffect ? " after " : " before ") + kind + ": " + outcome.sentence();
        assertThat(List.of(house.served(house.https), house.served(second)))
                .as(where)
                .containsOnly(Optional.of(old));
        RenewalOutcome again = house.bench.renew(Urge.BIND);
        assertThat(again).as(where + "; then " + again.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertBothServe(house.inUse());
        return outcome.word();
    }
}
