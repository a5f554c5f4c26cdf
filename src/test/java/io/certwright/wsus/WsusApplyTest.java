package io.certwright.wsus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.audit.AuditAct;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.WsusWorld;
import io.certwright.windows.SiteCall.AddHttpsBinding;
import io.certwright.windows.SiteCall.RemoveHttpsBinding;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.Mishap;
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
import org.junit.jupiter.params.provider.EnumSource;

final class WsusApplyTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private WsusWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new WsusWorld(DATABASE);
    }

    @AfterEach
    void shut() {
        world.close();
    }

    private WsusOutcome apply() throws LifecycleException {
        return new WsusApply(world.ports()).apply(world.server(), false);
    }

    private List<String> drift() throws LifecycleException {
        return new WsusCheck(world.ports())
                .inspect(world.server()).stream().map(WsusDrift::code).toList();
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>();
        for (String directory : VirtualDirectories.WITH_TLS) {
            flags.put(directory, required(directory));
        }
        for (String directory : VirtualDirectories.WITHOUT_TLS) {
            flags.put(directory, required(directory));
        }
        return flags;
    }

    private String required(String directory) {
        return world.house.server.findSslFlags(FreshWsus.SITE_ID, directory).orElse("inherited");
    }

    private void assertAllWithoutTls() {
        assertThat(flags().values()).containsOnly("inherited");
        assertThat(world.house.server.setupValues())
                .containsEntry("UsingSSL", "0")
                .containsEntry("ServerCertificateName", "")
                .containsEntry("PortNumber", String.valueOf(world.house.http));
    }

    @Test
    void a_fresh_server_differs_in_everything_that_is_still_to_come() throws LifecycleException {
        assertThat(drift())
                .containsExactly(
                        "NO_CERTIFICATE",
                        "TLS_NOT_REQUIRED",
                        "TLS_NOT_REQUIRED",
                        "TLS_NOT_REQUIRED",
                        "TLS_NOT_REQUIRED",
                        "TLS_NOT_REQUIRED",
                        "SSL_NAME");
    }

    @Test
    void waits_until_a_certificate_is_bound() throws LifecycleException {
        assertHeld(
                HoldKind.PERSON,
                "no certificate is bound to iis:wsus01/WSUS Administration:" + world.house.https
                        + " yet; \"certwright renew wsus01\" binds one");
        assertThat(world.switches.find(WsusWorld.HOST)).isPresent();
        assertAllWithoutTls();
    }

    private void assertHeld(HoldKind kind, String sentence) throws LifecycleException {
        assertThat(apply()).isInstanceOfSatisfying(WsusOutcome.Held.class, held -> {
            assertThat(held.hold().kind()).isEqualTo(kind);
            assertThat(held.hold().sentence()).isEqualTo(sentence);
        });
    }

    @Test
    void holds_until_clients_have_trust_and_url() throws LifecycleException {
        world.house.bench.renew();

        assertThat(apply()).isInstanceOfSatisfying(WsusOutcome.Held.class, held -> {
            assertThat(held.hold().kind()).isEqualTo(HoldKind.CLIENT_TRUST);
            assertThat(held.hold().until()).isPresent();
            assertThat(held.hold().sentence())
                    .startsWith("clients of clients have trust and URL from 2026-03-16T10:00:00Z on (");
        });
        assertAllWithoutTls();
    }

    @Test
    void holds_while_clients_are_told_no_url_or_another_one() throws LifecycleException {
        world.untilClientsAreReady();
        world.clientsUse(Optional.empty());

        assertHeld(
                HoldKind.PERSON,
                "client group clients has no update-server, wanted https://wsus01.contoso.com:" + world.house.https
                        + ", so that clients get it with their trust; or apply with --accept-untrusting-clients if others set"
                        + " it");
        assertAllWithoutTls();
    }

    @Test
    void holds_while_the_server_does_not_trust_itself() throws LifecycleException {
        world.untilClientsAreReady();
        world.house
                .server
                .certificates(StoreName.ROOT)
                .forEach(root -> world.house.server.removeCertificate(StoreName.ROOT, Thumbprint.of(root)));

        assertHeld(
                HoldKind.PERSON,
                "the server does not trust what it serves itself for wsus01.contoso.com (RemoteCertificateChainErrors), so that"
                        + " its own console could not connect over TLS; import the root there into Trusted Root of Local"
                        + " Computer: it is in the trust package of the clients, with a script that does it");
        assertThat(drift()).contains("SERVER_TRUST").doesNotContain("PROBE");
        assertAllWithoutTls();
    }

    @Test
    void a_person_may_vouch_for_the_clients() throws LifecycleException {
        world.house.bench.renew(Urge.NONE.andAcceptUntrustingClients());

        WsusOutcome outcome = new WsusApply(world.ports()).apply(world.server(), true);

        assertThat(outcome).isInstanceOf(WsusOutcome.Compliant.class);
        assertThat(world.ports().audit().listNewest(1)).singleElement().satisfies(entry -> {
            assertThat(entry.act()).isEqualTo(AuditAct.WSUS_APPLY);
            assertThat(entry.subject()).isEqualTo("WSUS server wsus01");
            assertThat(entry.details()).isEqualTo("a person vouched for the clients; Compliant");
        });
    }

    @Test
    void requires_tls_on_exactly_the_five_and_configures_and_restarts_what_the_first_switch_needs()
            throws LifecycleException {
        world.untilClientsAreReady();

        WsusOutcome outcome = apply();

        assertThat(outcome).isInstanceOf(WsusOutcome.Compliant.class);
        assertThat(outcome.sentences())
                .hasSize(9)
                .contains(
                        "require SSL on WSUS Administration/ApiRemoting30, client certificates ignored (sslFlags 0 becomes"
                                + " Ssl)",
                        "WSUS answers with https://wsus01.contoso.com:" + world.house.https,
                        "run WsusUtil configuressl wsus01.contoso.com",
                        "restart application pool WsusPool",
                        "restart service WsusService");
        VirtualDirectories.WITH_TLS.forEach(each -> assertThat(required(each)).isEqualTo("Ssl"));
        VirtualDirectories.WITHOUT_TLS.forEach(
                each -> assertThat(required(each)).isEqualTo("inherited"));
        assertThat(world.house.server.findSslFlags(FreshWsus.SITE_ID, "")).isEmpty();
        assertThat(world.house.server.setupValues())
                .containsEntry("UsingSSL", "1")
                .containsEntry("ServerCertificateName", IisHouse.NAME);
        assertThat(drift()).isEmpty();
        assertThat(world.switches.find(WsusWorld.HOST).orElseThrow().doneAt()).isPresent();
    }

    @Test
    void a_second_run_changes_nothing() throws LifecycleException {
        world.untilClientsAreReady();
        apply();
        int before = world.house.server.called().size();

        assertThat(apply()).isEqualTo(new WsusOutcome.Compliant(List.of()));

        assertThat(world.house
                        .server
                        .called()
                        .subList(before, world.house.server.called().size()))
                .allMatch(call -> call.startsWith("Get-"));
    }

    @Test
    void a_rehearsal_names_the_steps_and_takes_none() throws LifecycleException {
        WsusOutcome outcome = new WsusApply(world.ports()).preview(world.server());

        assertThat(outcome).isInstanceOf(WsusOutcome.Planned.class);
        assertThat(outcome.sentences())
                .hasSize(9)
                .startsWith("would wait: no certificate is bound to iis:wsus01/WSUS Administration:" + world.house.https
                        + " yet; \"certwright renew wsus01\" binds one")
                .endsWith("would restart application pool WsusPool", "would restart service WsusService");
        assertThat(world.house.server.called()).allMatch(call -> call.startsWith("Get-"));
        assertThat(world.switches.find(WsusWorld.HOST)).isEmpty();
    }

    @Test
    void a_host_in_report_mode_is_told_what_would_be_done() throws LifecycleException {
        world.untilClientsAreReady();
        world.house.mode(HostMode.REPORT);

        WsusOutcome outcome = apply();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WsusOutcome.Held.class,
                        held -> assertThat(held.hold().kind()).isEqualTo(HoldKind.REPORT_MODE));
        assertThat(outcome.sentences()).contains("would run WsusUtil configuressl wsus01.contoso.com");
        assertAllWithoutTls();
    }

    @Test
    void client_certificates_that_are_asked_for_are_set_to_ignore() throws LifecycleException {
        world.untilClientsAreReady();
        apply();
        world.house.server.setSslFlags(FreshWsus.SITE_ID, "SimpleAuthWebService", "Ssl,SslNegotiateCert");
        assertThat(drift()).containsExactly("CLIENT_CERTIFICATES");

        apply();

        assertThat(required("SimpleAuthWebService")).isEqualTo("Ssl");
        assertThat(drift()).isEmpty();
    }

    @Test
    void tls_required_with_128_bits_is_as_good() throws LifecycleException {
        world.untilClientsAreReady();
        apply();
        world.house.server.setSslFlags(FreshWsus.SITE_ID, "ClientWebService", "Ssl,Ssl128");

        assertThat(drift()).isEmpty();
    }

    @Test
    void tls_required_too_far_is_named_and_left() throws LifecycleException {
        world.untilClientsAreReady();
        apply();
        world.house.server.setSslFlags(FreshWsus.SITE_ID, "Content", "Ssl");

        assertThat(drift()).containsExactly("TLS_REQUIRED_TOO_FAR", "PROBE");
        assertThat(apply()).isEqualTo(new WsusOutcome.Compliant(List.of()));
        assertThat(required("Content")).isEqualTo("Ssl");
    }

    @Test
    void undo_brings_flags_values_and_the_bare_binding_back() throws LifecycleException {
        apply();
        world.untilClientsAreReady();
        apply();

        WsusOutcome outcome = new WsusUndo(world.ports()).undo(world.server());

        assertThat(outcome).isInstanceOf(WsusOutcome.Undone.class);
        assertThat(outcome.sentences())
                .contains("back to UsingSSL (dword): 0")
                .anyMatch(sentence -> sentence.startsWith("https binding iis:wsus01/WSUS Administration:"))
                .last()
                .asString()
                .startsWith("configuressl may have changed besides: ");
        assertAllWithoutTls();
        assertThat(world.house.served()).isEmpty();
        assertThatThrownBy(() -> new WsusUndo(world.ports()).undo(world.server()))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("host wsus01: no switch to TLS is on record, so nothing is known to go back to");
    }

    /** What was bound before the switch began is the story's business: {@code rollback} goes back there. */
    @Test
    void undo_leaves_a_certificate_that_was_bound_before_the_switch_began() throws LifecycleException {
        world.untilClientsAreReady();
        apply();

        new WsusUndo(world.ports()).undo(world.server());

        assertAllWithoutTls();
        assertThat(world.house.served()).contains(world.house.inUse());
    }

    @Test
    void a_switch_that_was_undone_can_begin_again() throws LifecycleException {
        world.untilClientsAreReady();
        apply();
        new WsusUndo(world.ports()).undo(world.server());

        assertThat(apply()).isInstanceOf(WsusOutcome.Compliant.class);
        assertThat(drift()).isEmpty();
    }

    @Test
    void a_locked_section_changes_nothing_and_says_so() throws LifecycleException {
        world.untilClientsAreReady();
        world.house.server.with(Behaviour.LOCKS_ACCESS_SECTION);

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.RolledBack.class,
                        back -> assertThat(back.reason())
                                .startsWith(
                                        "host wsus01: Set-SslFlags failed: the section of IIS's configuration is locked or in use"));
        assertAllWithoutTls();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"FILTERS_TOKEN", "RUNS_32_BIT", "CONSTRAINS_LANGUAGE", "LACKS_WEB_ADMINISTRATION"})
    void a_host_that_cannot_be_changed_is_left_as_it_is_with_a_sentence(Behaviour behaviour) throws LifecycleException {
        world.untilClientsAreReady();
        world.house.server.with(behaviour);

        assertThatThrownBy(this::apply).isInstanceOf(LifecycleException.class).hasMessageStartingWith("host wsus01: ");

        assertAllWithoutTls();
        world.house.server.without(behaviour);
        assertThat(apply()).isInstanceOf(WsusOutcome.Compliant.class);
    }

    @Test
    void a_stopped_site_is_drift_and_is_left_as_it_is() throws LifecycleException {
        world.untilClientsAreReady();
        world.house.server.startSite(FreshWsus.SITE_ID, false);

        assertThat(drift()).contains("SITE_STOPPED");
        assertThat(world.house.server.called()).noneMatch(call -> call.startsWith("Start-"));
    }

    /** WSUS goes on with the port that the https binding had, until configuressl is run again. */
    @Test
    void a_port_that_changed_is_configured_anew_and_nothing_is_restarted_for_it() throws LifecycleException {
        world.untilClientsAreReady();
        apply();
        List<String> restarted = world.house.server.restarted();
        world.house
                .server
                .host()
                .perform(List.of(
                        new AddHttpsBinding(FreshWsus.SITE, "*:443:", 0),
                        new SetBindingCertificate(
                                FreshWsus.SITE_ID,
                                "*:443:",
                                world.house.served().orElseThrow(),
                                StoreName.MY),
                        new RemoveHttpsBinding(FreshWsus.SITE_ID, "*:" + world.house.https + ":")));
        WsusServer moved = world.movedTo(443);

        assertThat(new WsusCheck(world.ports()).inspect(moved))
                .filteredOn(drift -> drift.code().startsWith("SSL_"))
                .containsExactly(new WsusDrift(
                        "SSL_PORT",
                        "WSUS uses TLS on port " + world.house.https + ", wanted 443",
                        "certwright wsus apply wsus01"));
        assertThat(new WsusApply(world.ports()).apply(moved, true))
                .isEqualTo(new WsusOutcome.Compliant(List.of(
                        "WSUS answers with https://wsus01.contoso.com",
                        "run WsusUtil configuressl wsus01.contoso.com")));
        assertThat(world.house.server.restarted()).isEqualTo(restarted);
        assertThat(new WsusApply(world.ports()).apply(moved, true)).isEqualTo(new WsusOutcome.Compliant(List.of()));
    }

    /** Killed after configuressl, and before the restarts that make WSUS read it. */
    @Test
    void a_switch_that_broke_off_before_its_restarts_restarts_all_the_same() throws LifecycleException {
        world.untilClientsAreReady();
        WsusWorld.Dying dying = world.dyingAt("Restart-Pool");
        assertThatThrownBy(() -> new WsusApply(dying.ports()).apply(world.server(), false))
                .isInstanceOf(WsusWorld.Died.class);
        assertThat(world.house.server.setupValues()).containsEntry("UsingSSL", "1");

        WsusOutcome outcome = apply();

        assertThat(outcome.sentences())
                .containsExactly("restart application pool WsusPool", "restart service WsusService");
        assertThat(apply()).isEqualTo(new WsusOutcome.Compliant(List.of()));
    }

    /** What was good is remembered from before the first step, not from the middle. */
    @Test
    void a_switch_that_broke_off_and_made_a_probe_bad_goes_back() throws LifecycleException {
        world.untilClientsAreReady();
        WsusWorld.Dying dying = world.dyingAt("Invoke-ConfigureSsl");
        assertThatThrownBy(() -> new WsusApply(dying.ports()).apply(world.server(), false))
                .isInstanceOf(WsusWorld.Died.class);
        world.house.server.setSslFlags(FreshWsus.SITE_ID, "Content", "Ssl");

        assertThat(apply())
                .isInstanceOfSatisfying(
                        WsusOutcome.RolledBack.class,
                        back -> assertThat(back.reason())
                                .isEqualTo(
                                        "http://wsus01.contoso.com:" + world.house.http
                                                + "/Content/anonymousCheckFile.txt answers 403, wanted 200; it was good before"));
        VirtualDirectories.WITH_TLS.forEach(each -> assertThat(required(each)).isEqualTo("inherited"));
    }

    /** Every call of the switch fails once, before and after its effect: TLS is required as wished, or everything is as it was. */
    @Test
    @Tag("long")
    void a_fault_at_any_call_leaves_the_wished_or_the_old_state() throws Exception {
        matrix(1);
    }

    @Test
    void a_fault_at_some_calls_leaves_the_wished_or_the_old_state() throws Exception {
        matrix(9);
    }

    private void matrix(int step) throws Exception {
        world.untilClientsAreReady();
        int before = world.house.server.called().size();
        apply();
        int calls = world.house.server.called().size() - before;
        new WsusUndo(world.ports()).undo(world.server());
        Map<String, Integer> counts = new TreeMap<>();
        for (int call = 0; call < calls; call += step) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                for (Mishap.Kind kind : List.of(Mishap.Kind.ERROR, Mishap.Kind.CONNECTION_LOST)) {
                    counts.merge(outcomeOf(Mishap.atCall(call, afterEffect, kind)), 1, Integer::sum);
                }
            }
        }
        System.out.println("Faults at the " + calls + " calls of a switch to TLS, by outcome: " + counts);
        assertThat(counts).containsKeys("Compliant", "RolledBack", "exception");
    }

    /** As for the switch: the way back fails once at a call, and the same command again goes back. */
    @Test
    @Tag("long")
    void a_fault_at_any_call_of_the_way_back_is_told_and_mended_by_the_same_command() throws Exception {
        undoMatrix(1);
    }

    @Test
    void a_fault_at_some_calls_of_the_way_back_is_told_and_mended_by_the_same_command() throws Exception {
        undoMatrix(11);
    }

    private void undoMatrix(int step) throws Exception {
        world.untilClientsAreReady();
        apply();
        int before = world.house.server.called().size();
        new WsusUndo(world.ports()).undo(world.server());
        int calls = world.house.server.called().size() - before;
        Map<String, Integer> counts = new TreeMap<>();
        for (int call = 0; call < calls; call += step) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                for (Mishap.Kind kind : List.of(Mishap.Kind.ERROR, Mishap.Kind.CONNECTION_LOST)) {
                    counts.merge(wayBack(Mishap.atCall(call, afterEffect, kind)), 1, Integer::sum);
                }
            }
        }
        System.out.println("Faults at the " + calls + " calls of the way back from TLS, by outcome: " + counts);
        assertThat(counts).containsOnlyKeys("RestoreFailed", "exception");
    }

    private String wayBack(Mishap mishap) throws LifecycleException {
        apply();
        world.house.server.plan(mishap);
        String word;
        try {
            word = new WsusUndo(world.ports()).undo(world.server()).getClass().getSimpleName();
        } catch (LifecycleException beforeAnyChange) {
            word = "exception";
            VirtualDirectories.WITH_TLS.forEach(
                    each -> assertThat(required(each)).as(mishap.toString()).isEqualTo("Ssl"));
        }
        world.house.server.forgetMishaps();
        assertThat(new WsusUndo(world.ports()).undo(world.server()))
                .as(mishap.toString())
                .isInstanceOf(WsusOutcome.Undone.class);
        assertAllWithoutTls();
        return word;
    }

    private String outcomeOf(Mishap mishap) throws LifecycleException {
        world.house.server.plan(mishap);
        String word;
        try {
            WsusOutcome outcome = apply();
            word = outcome.getClass().getSimpleName();
            if (outcome instanceof WsusOutcome.Compliant) {
                VirtualDirectories.WITH_TLS.forEach(
                        each -> assertThat(required(each)).as(mishap.toString()).isEqualTo("Ssl"));
            } else {
                assertThat(outcome).as(mishap.toString()).isInstanceOf(WsusOutcome.RolledBack.class);
                assertAllWithoutTls();
            }
        } catch (LifecycleException beforeAnyChange) {
            word = "exception";
            assertAllWithoutTls();
        }
        world.house.server.forgetMishaps();
        if (world.switches
                .find(WsusWorld.HOST)
                .filter(begun -> !begun.isUndone())
                .isPresent()) {
            new WsusUndo(world.ports()).undo(world.server());
        }
        assertAllWithoutTls();
        world.house.bench.renew(Urge.BIND);
        return word;
    }
}
