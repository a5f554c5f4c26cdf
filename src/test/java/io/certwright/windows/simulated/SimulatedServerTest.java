package io.certwright.windows.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.AccessCall.GetSslFlags;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.CallFailedException;
import io.certwright.windows.CallNamesForTests;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.HttpSysCall.GetHttpSysTable;
import io.certwright.windows.ProbeCall.GetPresentedCertificate;
import io.certwright.windows.SiteCall.BindingState;
import io.certwright.windows.SiteCall.ClearBindingCertificate;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreCall.KeySignature;
import io.certwright.windows.StoreCall.NewKeySignature;
import io.certwright.windows.StoreName;
import io.certwright.windows.WsusCall.GetLocalWsus;
import io.certwright.windows.WsusCall.GetWsusByName;
import io.certwright.windows.WsusCall.GetWsusSetup;
import io.certwright.windows.WsusCall.InvokeConfigureSsl;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulated server answers as Windows is documented to; every call goes through the real request and answer texts. */
class SimulatedServerTest {
    private final SimulatedWorld world = new SimulatedWorld();

    private BindingState https() throws LifecycleException {
        return world.host.perform(new GetSites()).sites().get(0).bindings().get(1);
    }

    @Test
    void answers_every_call_there_is() {
        assertThat(CallNamesForTests.all())
                .allSatisfy(call -> assertThat(world.server.knows(call))
                        .as(call.getSimpleName())
                        .isTrue());
    }

    @Test
    void starts_as_a_fresh_wsus_with_an_https_binding_without_a_certificate() throws LifecycleException {
        assertThat(https()).isEqualTo(new BindingState("https", "*:" + world.https + ":", 0, Optional.empty(), ""));
        assertThat(world.host.perform(new GetWsusSetup()).find("usingssl")).contains("0");
    }

    @Test
    void binds_what_was_imported_and_shows_it() throws Exception {
        Thumbprint leaf = world.imported();

        world.host.perform(world.binding(leaf));

        assertThat(https().thumbprint()).contains(leaf);
        assertThat(world.server.httpSysTable()).containsEntry("ipport=0.0.0.0:" + world.https, leaf);
        assertThat(world.host
                        .perform(new GetPresentedCertificate("127.0.0.1", world.https, Optional.empty()))
                        .thumbprint())
                .isEqualTo(leaf);
        assertThat(world.server.called())
                .containsExactly("Import-Pfx", "Set-BindingCertificate", "Get-Sites", "Get-PresentedCertificate");
    }

    @Test
    void takes_the_certificate_away_and_leaves_the_binding() throws Exception {
        world.host.perform(world.binding(world.imported()));

        world.host.perform(new ClearBindingCertificate(FreshWsus.SITE_ID, "*:" + world.https + ":"));

        assertThat(https().thumbprint()).isEmpty();
        assertThat(world.server.httpSysTable()).isEmpty();
    }

    @Test
    void refuses_to_bind_a_key_that_is_not_the_machines() throws Exception {
        X509Certificate leaf = world.issuing.leaf("wsus01.certwright.test").certificate();
        world.server.putCertificate(StoreName.MY, leaf, Optional.of(world.issuing.privateKey()), false);

        assertThatThrownBy(() -> world.host.perform(world.binding(Thumbprint.of(leaf))))
                .isInstanceOfSatisfying(CallFailedException.class, failed -> {
                    assertThat(failed.code()).isEqualTo("HOST_KEY_NOT_IN_MACHINE");
                    assertThat(failed.error().windowsError()).isEqualTo(1312);
                })
                .hasMessage(
                        "host wsus01: Set-BindingCertificate failed: the private key is not in the machine's key set, or cannot be"
                                + " read (0x80070520, A specified logon session does not exist. It may already have been terminated. (Exception"
                                + " from HRESULT: 0x80070520)); import the certificate again into the machine's store, or run certutil"
                                + " -repairstore my SERIAL there");
    }

    @Test
    void signs_with_the_key_so_that_the_caller_can_verify() throws Exception {
        Thumbprint leaf = world.imported();
        byte[] challenge = "thirty-two bytes of a challenge!".getBytes(StandardCharsets.US_ASCII);

        KeySignature signed =
                world.host.perform(new NewKeySignature(leaf, Base64.getEncoder().encodeToString(challenge)));

        Signature verifying = Signature.getInstance(signed.javaAlgorithm());
        verifying.initVerify(world.host
                .perform(new GetStoredCertificates(StoreName.MY))
                .find(leaf)
                .orElseThrow()
                .certificate());
        verifying.update(challenge);
        assertThat(verifying.verify(Base64.getDecoder().decode(signed.signature())))
                .isTrue();
    }

    @Test
    void shares_one_entry_among_bindings_of_one_address_and_port() throws Exception {
        world.server.addSite(2, "Other");
        world.server.addBinding(2, "https", "*:" + world.https + ":other.certwright.test", 0);
        Thumbprint leaf = world.imported();

        world.host.perform(world.binding(leaf));

        assertThat(world.host
                        .perform(new GetSites())
                        .sites()
                        .get(1)
                        .bindings()
                        .get(0)
                        .thumbprint())
                .contains(leaf);
    }

    @Test
    void lets_a_stray_address_entry_hide_a_server_name() throws Exception {
        world.server.addSite(2, "Named");
        world.server.addBinding(2, "https", "*:" + world.https + ":named.certwright.test", 1);
        Thumbprint named = world.imported("named.certwright.test");
        Thumbprint stray = world.imported("stray.certwright.test");
        world.server.putHttpSysEntry("hostnameport=named.certwright.test:" + world.https, named, "My");
        GetPresentedCertificate look =
                new GetPresentedCertificate("127.0.0.1", world.https, Optional.of("named.certwright.test"));
        assertThat(world.host.perform(look).thumbprint()).isEqualTo(named);

        world.server.putHttpSysEntry("ipport=127.0.0.1:" + world.https, stray, "My");

        assertThat(world.host.perform(look).thumbprint()).isEqualTo(stray);
    }

    @Test
    @Tag("unproven")
    void loses_flags_of_a_binding_where_it_is_told_to() throws Exception {
        world.server.with(Behaviour.LOSES_SSL_FLAGS).addBinding(FreshWsus.SITE_ID, "https", "*:1443:x.test", 37);
        Thumbprint leaf = world.imported();

        world.host.perform(new SetBindingCertificate(FreshWsus.SITE_ID, "*:1443:x.test", leaf, StoreName.MY));

        assertThat(world.host
                        .perform(new GetSites())
                        .sites()
                        .get(0)
                        .bindings()
                        .get(2)
                        .sslFlags())
                .isEqualTo(1);
    }

    @Test
    @Tag("unproven")
    void prints_the_table_of_http_sys_in_its_own_language() throws Exception {
        world.host.perform(world.binding(world.imported()));

        assertThat(world.host.perform(new GetHttpSysTable(false)).lines())
                .contains("    IP:port                      : 0.0.0.0:" + world.https);
        world.server.with(Behaviour.SPEAKS_GERMAN);
        assertThat(world.host.perform(new GetHttpSysTable(false)).lines())
                .contains("    Zertifikatspeichername       : My")
                .anyMatch(line -> line.contains("überprüfen"));
        assertThat(world.host.perform(new GetHttpSysTable(true)).exitCode()).isEqualTo(1);
    }

    @Test
    void keeps_flags_of_directories_and_inherits_where_there_are_none() throws Exception {
        String directory = "WSUS Administration/ApiRemoting30";
        assertThat(world.host.perform(new GetSslFlags(directory))).isEqualTo(new SslFlagsAt("0", true));

        world.host.perform(new SetSslFlags(directory, "Ssl"));

        assertThat(world.host.perform(new GetSslFlags(directory))).isEqualTo(new SslFlagsAt("Ssl", false));
    }

    @Test
    void says_that_a_section_is_locked() {
        world.server.with(Behaviour.LOCKS_ACCESS_SECTION);

        assertThatThrownBy(() -> world.host.perform(new SetSslFlags("WSUS Administration/ApiRemoting30", "Ssl")))
                .hasMessageContaining("the section of IIS's configuration is locked or in use")
                .isInstanceOfSatisfying(
                        CallFailedException.class,
                        failed -> assertThat(failed.code()).isEqualTo("HOST_SECTION_LOCKED"));
    }

    @Test
    void records_the_name_that_configuressl_is_given() throws Exception {
        assertThat(world.host
                        .perform(new InvokeConfigureSsl(DnsName.parse("wsus01.certwright.test")))
                        .lines())
                .containsExactly("URL: https://wsus01.certwright.test:" + world.https);
        assertThat(world.host.perform(new GetLocalWsus()).secure()).isTrue();
        assertThat(world.server.setupValues()).containsEntry("ServerCertificateName", "wsus01.certwright.test");
    }

    @Test
    void lets_a_console_in_only_with_trust_and_name() throws Exception {
        world.host.perform(world.binding(world.imported()));
        world.importIntermediate();
        SimulatedServer console = new SimulatedServer("console", 17763, world.clock, new SecureRandom());
        GetWsusByName asked = new GetWsusByName(DnsName.parse(SimulatedWorld.NAME), world.https);

        assertThatThrownBy(() -> console.host().perform(asked)).hasMessageContaining("could not be resolved");
        console.reach(SimulatedWorld.NAME, world.server);
        assertThatThrownBy(() -> console.host().perform(asked)).hasMessageContaining("certificate is invalid");
        console.putCertificate(StoreName.ROOT, world.root.certificate(), Optional.empty(), false);
        assertThat(console.host().perform(asked).secure()).isTrue();
    }

    @Test
    void goes_wrong_once_before_or_after_the_effect() throws Exception {
        Thumbprint first = world.imported();
        world.host.perform(world.binding(first));
        Thumbprint second = world.imported();

        world.server.plan(Mishap.at("Set-BindingCertificate", false, Mishap.Kind.ERROR));
        assertThatThrownBy(() -> world.host.perform(world.binding(second))).isInstanceOf(CallFailedException.class);
        assertThat(https().thumbprint()).contains(first);

        world.server.plan(Mishap.at("Set-BindingCertificate", true, Mishap.Kind.CONNECTION_LOST));
        assertThatThrownBy(() -> world.host.perform(world.binding(second)))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        lost -> assertThat(lost.kind()).isEqualTo(FailureKind.UNREACHABLE));
        assertThat(https().thumbprint()).contains(second);

        world.host.perform(world.binding(first));
        assertThat(https().thumbprint()).contains(first);
    }

    @Test
    void does_the_calls_before_the_one_that_fails_and_none_after_it() throws Exception {
        Thumbprint leaf = world.imported();
        world.server.plan(Mishap.at("Get-LocalWsus", false, Mishap.Kind.ERROR));

        assertThatThrownBy(() -> world.host.perform(List.of(
                        world.binding(leaf),
                        new GetLocalWsus(),
                        new InvokeConfigureSsl(DnsName.parse("wsus01.certwright.test")))))
                .isInstanceOfSatisfying(
                        CallFailedException.class,
                        failed -> assertThat(failed.done()).isEqualTo(1));
        assertThat(https().thumbprint()).contains(leaf);
        assertThat(world.server.setupValues()).containsEntry("UsingSSL", "0");
    }

    @Test
    void tells_what_is_in_the_way_of_any_call() throws Exception {
        HostFitness.require("wsus01", world.host.perform(new GetHostFacts()));
        world.server.with(Behaviour.FILTERS_TOKEN);

        assertThatThrownBy(() -> HostFitness.require("wsus01", world.host.perform(new GetHostFacts())))
                .hasMessage(
                        "host wsus01: account \"WSUS01\\certwright\" has no administrator's token, wanted one; make it a member of"
                                + " the local Administrators there, or start Certwright elevated");
        assertThatThrownBy(() -> world.host.perform(new SetSslFlags("WSUS Administration", "Ssl")))
                .hasMessageContaining("the account may not do that on the host");
    }

    @Test
    void passes_over_what_a_profile_prints() throws Exception {
        world.server.with(Behaviour.PRINTS_PROFILE);

        assertThat(world.host.perform(new GetHostFacts()).build()).isEqualTo(17763);
    }

    @Test
    void cannot_be_sent_a_script_in_constrained_language_mode() {
        world.server.with(Behaviour.CONSTRAINS_LANGUAGE);

        assertThatThrownBy(() -> world.host.perform(new GetHostFacts()))
                .hasMessage(
                        "host wsus01: PowerShell runs in Constrained Language Mode, where a script cannot be sent along; install it"
                                + " there (certwright windows install-script) at a path that the policy trusts");
    }
}
