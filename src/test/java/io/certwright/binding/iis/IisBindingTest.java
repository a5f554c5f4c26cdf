package io.certwright.binding.iis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostName;
import io.certwright.binding.MemoryCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.ServerBindingContract;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IisBindingTest extends ServerBindingContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String NAME = "wsus01.certwright.test";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MemoryCertificates certificates = new MemoryCertificates(NOW);
    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("wsus01", 17763, Clock.fixed(NOW, ZoneOffset.UTC), RANDOM), 8530, 8531);
    private final IisBinding binding = on(FreshWsus.SITE, 8531);

    private IisBinding on(String site, int port) {
        return new IisBinding(
                new IisSettings(new HostName("wsus01"), site, port),
                new IisServer(server.host(), NAME, List.of(DnsName.parse(NAME), DnsName.parse("*.certwright.test"))),
                certificates.sealer(),
                RANDOM);
    }

    @Override
    protected ServerBinding binding() {
        return binding;
    }

    @Override
    protected CertificateToBind fresh(String dns) {
        return certificates.issue(dns);
    }

    @Override
    protected Object visible() throws LifecycleException {
        return List.of(server.host().perform(new GetSites()), server.httpSysTable());
    }

    @Test
    void is_known_by_host_site_and_port() {
        assertThat(binding.name()).hasToString("iis:wsus01/WSUS Administration:8531");
        assertThat(binding.host()).hasToString("wsus01");
    }

    @Test
    void puts_key_certificate_and_intermediate_where_windows_looks_for_them() throws LifecycleException {
        CertificateToBind next = fresh(NAME);

        binding.bind(next);

        assertThat(server.certificates(StoreName.MY))
                .containsExactly(next.certificate().leaf());
        assertThat(server.certificates(StoreName.CA))
                .isEqualTo(next.certificate().chain().intermediates());
        assertThat(server.findFriendlyName(next.certificate().thumbprint())).contains("WSUS TLS");
        assertThat(server.httpSysTable())
                .containsOnly(
                        Map.entry("ipport=0.0.0.0:8531", next.certificate().thumbprint()));
    }

    @Test
    void an_intermediate_that_does_not_parse_is_in_nobodys_way() throws LifecycleException {
        server.putOddCertificate(StoreName.CA, new byte[] {0x30, 3, 2, 1, 9}, false);
        CertificateToBind next = fresh(NAME);

        binding.bind(next);

        assertThat(binding.look().chain().orElseThrow().certificates())
                .isEqualTo(next.certificate().chain().certificates());
    }

    @Test
    void binds_on_servers_that_read_no_aes() throws LifecycleException {
        SimulatedServer old = FreshWsus.on(
                new SimulatedServer("wsus01", 14393, Clock.fixed(NOW, ZoneOffset.UTC), RANDOM), 8530, 8531);
        IisBinding there = new IisBinding(
                new IisSettings(new HostName("wsus01"), FreshWsus.SITE, 8531),
                new IisServer(old.host(), NAME, List.of()),
                certificates.sealer(),
                RANDOM);
        CertificateToBind next = fresh(NAME);

        there.bind(next);

        assertThat(there.look().shows(next.certificate().sha256())).isTrue();
    }

    @Test
    void ipv6_bindings_get_the_certificate_are_proven_at_their_address_and_go_back() throws LifecycleException {
        server.addBinding(FreshWsus.SITE_ID, "https", "[::]:8531:", 0);
        server.addBinding(FreshWsus.SITE_ID, "https", "[fd00::7]:8531:", 4);
        BoundState before = binding.look();
        Object untouched = visible();
        CertificateToBind next = fresh(NAME);

        binding.bind(next);

        assertThat(server.httpSysTable().keySet())
                .containsExactlyInAnyOrder(
                        "ipport=0.0.0.0:8531", "ipport=[0:0:0:0:0:0:0:0]:8531", "ipport=[fd00:0:0:0:0:0:0:7]:8531");
        assertThat(server.httpSysTable().values())
                .containsOnly(next.certificate().thumbprint());
        assertThat(binding.endpoints())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        NAME + ":8531",
                        NAME + ":8531",
                        "[fd00:0:0:0:0:0:0:7]:8531",
                        "[fd00:0:0:0:0:0:0:7]:8531 (server name " + NAME + ")");
        binding.restore(before);
        assertThat(visible()).isEqualTo(untouched);
    }

    @Test
    void a_preview_names_every_change() throws LifecycleException {
        CertificateToBind next = fresh(NAME);
        Thumbprint thumbprint = next.certificate().thumbprint();

        assertThat(binding.preview(next))
                .containsExactly(
                        "certificate " + thumbprint + " would be put into LocalMachine\\My as \"WSUS TLS\"",
                        "intermediate "
                                + Thumbprint.of(certificates.issuing().certificate())
                                + " would be put into LocalMachine\\CA",
                        "site \"WSUS Administration\": https binding *:8531: would get " + thumbprint
                                + " in place of no certificate");
    }

    @Test
    void a_site_without_https_gets_a_binding_and_loses_it_again() throws LifecycleException {
        server.addSite(7, "Portal");
        server.addBinding(7, "http", "*:80:", 0);
        IisBinding portal = on("Portal", 443);
        BoundState before = portal.look();
        CertificateToBind next = fresh("portal.certwright.test");
        Object untouched = visible();

        portal.bind(next);
        assertThat(portal.look().shows(next.certificate().sha256())).isTrue();
        portal.restore(before);

        assertThat(visible()).isEqualTo(untouched);
    }

    @Test
    void flags_that_windows_loses_are_put_back() throws LifecycleException {
        server.with(Behaviour.LOSES_SSL_FLAGS);
        server.addSite(7, "Portal");
        server.addBinding(7, "https", "*:443:portal.certwright.test", 37);
        IisBinding portal = on("Portal", 443);

        portal.bind(fresh("portal.certwright.test"));

        assertThat(portal.look().memento()).startsWith("*:443:portal.certwright.test\t37\t");
    }

    @Test
    void every_binding_of_the_port_is_pointed_at_the_certificate() throws LifecycleException {
        server.addBinding(FreshWsus.SITE_ID, "https", "*:8531:alias.certwright.test", 1);
        server.addBinding(FreshWsus.SITE_ID, "https", "*:444:", 0);
        CertificateToBind next = fresh(NAME);

        binding.bind(next);

        assertThat(server.httpSysTable().keySet())
                .containsExactlyInAnyOrder("hostnameport=alias.certwright.test:8531", "ipport=0.0.0.0:8531");
        assertThat(binding.endpoints())
                .extracting(endpoint -> endpoint.port() + " "
                        + endpoint.sni().map(DnsName::value).orElse("-"))
                .containsExactlyInAnyOrder("8531 alias.certwright.test", "8531 -", "8531 " + NAME);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {
                "SPEAKS_GERMAN",
                "NETSH_KNOWS_JSON",
                "PRINTS_PROFILE",
                "KEEPS_RECORDED_PORT",
                "LOCKS_ACCESS_SECTION"
            })
    void binds_whatever_the_server_is_like(Behaviour behaviour) throws LifecycleException {
        server.with(behaviour);
        CertificateToBind next = fresh(NAME);

        binding.bind(next);

        assertThat(binding.look().shows(next.certificate().sha256())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"FILTERS_TOKEN", "RUNS_32_BIT", "CONSTRAINS_LANGUAGE", "LACKS_WEB_ADMINISTRATION"})
    void a_server_that_cannot_be_changed_is_left_as_it_is(Behaviour behaviour) throws LifecycleException {
        Object before = visible();
        server.with(behaviour);

        assertThatThrownBy(() -> binding.bind(fresh(NAME)))
                .isInstanceOf(LifecycleException.class)
                .hasMessageStartingWith("host wsus01: ");

        server.without(behaviour);
        assertThat(visible()).isEqualTo(before);
        assertThat(server.certificates(StoreName.MY)).isEmpty();
    }

    static Stream<String> hostileNames() {
        return Stream.of(
                "it's \"quoted\"",
                "$(Stop-Computer); `whoami`",
                "‘a’ ‚b‛ “c” „d”",
                "$env:x ${y} @{} #",
                "\ud83d\ude00 äöü \u4e2d",
                "x".repeat(260));
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void a_site_of_any_name_is_bound_under_it(String site) throws LifecycleException {
        server.addSite(9, site);
        server.addBinding(9, "https", "*:4430:", 0);
        CertificateToBind next = fresh(NAME);

        on(site, 4430).bind(next);

        assertThat(on(site, 4430).look().shows(next.certificate().sha256())).isTrue();
        assertThat(server.httpSysTable()).containsOnlyKeys("ipport=0.0.0.0:4430");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "a\u0000b"})
    void a_name_with_control_characters_is_refused_with_a_sentence(String site) {
        assertThatThrownBy(() -> on(site, 4430).name())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "wanted the name of a site in IIS, 1 to 260 characters without control characters");
    }

    @Test
    void a_name_of_5_kilobytes_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> on("x".repeat(5_000), 4430).name())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "wanted the name of a site in IIS, 1 to 260 characters without control characters");
    }

    @Test
    void a_key_that_does_not_work_changes_no_binding() throws LifecycleException {
        CertificateToBind next = fresh(NAME);
        Object before = visible();
        server.plan(Mishap.at("New-KeySignature", false, Mishap.Kind.ERROR));

        assertThatThrownBy(() -> binding.bind(next))
                .isInstanceOf(LifecycleException.class)
                .hasMessageStartingWith("host wsus01: New-KeySignature failed: ");

        assertThat(visible()).isEqualTo(before);
    }

    @Test
    void a_key_made_on_another_host_is_refused() {
        assertThatThrownBy(() -> binding.bind(certificates.issueWithKeyOnHost(NAME)))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED))
                .hasMessage(
                        "host wsus01: the key of wsus01 was made on a host, but its certificate is not in LocalMachine\\My"
                                + " here; issue it again with \"certwright renew wsus01 --force\"");
    }

    @Test
    void a_stopped_site_and_an_unknown_one_are_refused_before_anything_is_imported() {
        server.startSite(FreshWsus.SITE_ID, false);
        assertThatThrownBy(() -> binding.bind(fresh(NAME)))
                .hasMessage(
                        "host wsus01: site \"WSUS Administration\" is stopped, so that nothing could be proven; start it"
                                + " in IIS Manager, then renew again");
        assertThatThrownBy(() -> on("Nowhere", 443).bind(fresh(NAME)))
                .hasMessage(
                        "host wsus01: IIS has no site \"Nowhere\"; it has \"WSUS Administration\"; correct the site in the"
                                + " settings");
        assertThat(server.certificates(StoreName.MY)).isEmpty();
    }

    @Test
    void forgetting_takes_the_old_certificate_and_its_key_out_of_the_store() throws LifecycleException {
        CertificateToBind old = fresh(NAME);
        CertificateToBind next = fresh(NAME);
        binding.bind(old);
        binding.bind(next);

        binding.forget(old.certificate());

        assertThat(server.certificates(StoreName.MY))
                .containsExactly(next.certificate().leaf());
    }

    @Test
    void a_certificate_that_another_port_serves_is_not_forgotten() throws LifecycleException {
        CertificateToBind old = fresh(NAME);
        binding.bind(old);
        server.putHttpSysEntry("ipport=0.0.0.0:444", old.certificate().thumbprint(), "My");
        binding.bind(fresh(NAME));

        binding.forget(old.certificate());

        assertThat(server.certificates(StoreName.MY)).contains(old.certificate().leaf());
    }

    @Test
    void what_another_store_served_comes_back_from_there() throws LifecycleException {
        CertificateToBind old = fresh(NAME);
        binding.bind(old);
        server.putCertificate(
                StoreName.WEB_HOSTING,
                old.certificate().leaf(),
                Optional.of(certificates.sealer().open(old.key().orElseThrow())),
                true);
        server.host()
                .perform(new SetBindingCertificate(
                        FreshWsus.SITE_ID, "*:8531:", old.certificate().thumbprint(), StoreName.WEB_HOSTING));
        BoundState before = binding.look();
        binding.bind(fresh(NAME));

        binding.restore(before);

        assertThat(binding.look()).isEqualTo(before);
        assertThat(before.memento()).endsWith("\tWebHosting\n");
    }

    /** Names that hold what PowerShell gives a meaning to reach the server as they are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Portal \"quoted\" $(Remove-Item x) `n",
                "‘typographic’ “quotes” ‚ ‛ „",
                "emoji 😀 and ünïcödé",
                "semi;colon & | > < % ^ !"
            })
    void hostile_site_names_are_only_names(String site) throws LifecycleException {
        server.addSite(9, site);
        server.addBinding(9, "https", "*:443:", 0);
        CertificateToBind next = fresh("portal.certwright.test");

        on(site, 443).bind(next);

        assertThat(server.httpSysTable())
                .containsEntry("ipport=0.0.0.0:443", next.certificate().thumbprint());
    }

    @Test
    void a_site_name_that_is_none_is_refused() {
        assertThatThrownBy(() -> new IisSettings(new HostName("wsus01"), "two\nlines", 443))
                .hasMessage(
                        "got site \"two\\u000alines\", wanted the name of a site in IIS, 1 to 260 characters without control"
                                + " characters");
        assertThatThrownBy(() -> new IisSettings(new HostName("wsus01"), "x".repeat(5_000), 443))
                .hasMessageContaining("(4920 more)");
    }

    @Test
    void asks_on_the_host_itself() throws LifecycleException {
        CertificateToBind next = fresh(NAME);
        binding.bind(next);

        assertThat(binding.findServedOnHost(binding.endpoints().get(0)))
                .contains(next.certificate().leaf());
    }
}
