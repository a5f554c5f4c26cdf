package io.certwright.iis;

import static io.certwright.iis.Server.NEW;
import static io.certwright.iis.Server.OLD;
import static io.certwright.iis.Server.bare;
import static io.certwright.iis.Server.https;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingPlanTest {
    private static final String WSUS = "WSUS Administration";

    private static BindingPlan plan(Server server) throws LifecycleException {
        return BindingPlan.of(server.facts(), WSUS, 8531, NEW);
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                Arguments.of(
                        "a binding with the old certificate",
                        new Server().site(WSUS, https("*:8531:", 0, OLD)).serves("0.0.0.0:8531", OLD),
                        List.of("https binding *:8531: would get " + NEW + " in place of " + OLD)),
                Arguments.of(
                        "the binding without certificate of a fresh WSUS site",
                        new Server().site(WSUS, Binding.http("*:8530:"), bare("*:8531:")),
                        List.of("https binding *:8531: would get " + NEW + " in place of no certificate")),
                Arguments.of(
                        "the new certificate in IIS and in http.sys",
                        new Server().site(WSUS, https("*:8531:", 0, NEW)).serves("0.0.0.0:8531", NEW),
                        List.of()),
                Arguments.of(
                        "the new certificate in IIS only",
                        new Server().site(WSUS, https("*:8531:", 0, NEW)).serves("0.0.0.0:8531", OLD),
                        List.of("https binding *:8531: would get " + NEW + " in place of " + OLD)),
                Arguments.of(
                        "the new certificate in http.sys only",
                        new Server().site(WSUS, https("*:8531:", 0, OLD)).serves("0.0.0.0:8531", NEW),
                        List.of("https binding *:8531: would get " + NEW + " in place of " + NEW)),
                Arguments.of(
                        "the new certificate out of another store",
                        new Server()
                                .site(WSUS, https("*:8531:", 0, NEW))
                                .serves("0.0.0.0:8531", NEW, HttpSysEntry.IIS, "WebHosting"),
                        List.of("https binding *:8531: would get " + NEW + " in place of " + NEW)),
                Arguments.of(
                        "no https binding on the port",
                        new Server().site(WSUS, Binding.http("*:8530:"), https("*:443:", 0, OLD)),
                        List.of("https binding *:8531: would be added with " + NEW)),
                Arguments.of(
                        "a name by SNI, an address and all addresses",
                        new Server()
                                .site(
                                        WSUS,
                                        https("*:8531:wsus.contoso.com", 37, OLD),
                                        https("[fd00::1]:8531:", 4, OLD),
                                        https("*:8531:", 0, OLD))
                                .serves("wsus.contoso.com:8531", OLD)
                                .serves("[fd00::1]:8531", NEW)
                                .serves("0.0.0.0:8531", OLD),
                        List.of(
                                "https binding *:8531:wsus.contoso.com would get " + NEW + " in place of " + OLD,
                                "https binding [fd00::1]:8531: would get " + NEW + " in place of " + NEW,
                                "https binding *:8531: would get " + NEW + " in place of " + OLD)),
                Arguments.of(
                        "an entry shared with another site",
                        new Server()
                                .site(WSUS, https("*:8531:", 0, OLD))
                                .site("Portal", https("*:8531:portal.contoso.com", 0, OLD))
                                .serves("0.0.0.0:8531", OLD),
                        List.of("https binding *:8531: would get " + NEW + " in place of " + OLD
                                + "; so would site \"Portal\", which share its entry")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void says_what_would_change(String what, Server server, List<String> sentences) throws LifecycleException {
        BindingPlan plan = plan(server);

        assertThat(plan.sentences())
                .as(what)
                .isEqualTo(sentences.stream()
                        .map(each -> "site \"" + WSUS + "\": " + each)
                        .toList());
        assertThat(plan.changesAnything()).isEqualTo(!sentences.isEmpty());
    }

    @Test
    void every_bit_of_the_flags_is_kept() throws LifecycleException {
        Server server =
                new Server().site(WSUS, https("*:8531:", 4 + 32 + 4096, OLD)).serves("0.0.0.0:8531", OLD);

        assertThat(plan(server).bindings())
                .singleElement()
                .extracting(PlannedBinding::flags)
                .isEqualTo(new SslFlags(4132));
    }

    @Test
    void the_name_of_the_site_is_compared_as_iis_does() throws LifecycleException {
        Server server = new Server().site("wsus administration", https("*:8531:", 0, OLD));

        assertThat(plan(server).site().name()).isEqualTo("wsus administration");
    }

    @Test
    void another_port_of_the_site_is_left_alone() throws LifecycleException {
        Server server = new Server()
                .site(WSUS, https("*:443:", 0, OLD), https("*:8531:", 0, NEW))
                .serves("0.0.0.0:443", OLD)
                .serves("0.0.0.0:8531", NEW);

        assertThat(plan(server).changesAnything()).isFalse();
    }

    private static void assertRefused(Server server, String code, String sentence) {
        assertThatThrownBy(() -> plan(server)).isInstanceOfSatisfying(LifecycleException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused).hasMessage(sentence);
        });
    }

    @Test
    void refuses_a_site_that_is_not_there() {
        assertRefused(
                new Server().site("Default Web Site").site("Portal ‘$(x)’\n"),
                "SITE_UNKNOWN",
                "host wsus01: IIS has no site \"WSUS Administration\"; it has \"Default Web Site\", \"Portal ‘$(x)’\\u000a\";"
                        + " correct the site in the settings");
    }

    @Test
    void refuses_a_stopped_site() {
        assertRefused(
                new Server().stopped(WSUS, https("*:8531:", 0, OLD)),
                "SITE_STOPPED",
                "host wsus01: site \"WSUS Administration\" is stopped, so that nothing could be proven; start it in IIS"
                        + " Manager, then renew again");
    }

    @Test
    void refuses_the_central_certificate_store() {
        assertRefused(
                new Server().site(WSUS, https("*:8531:", 0, OLD), https("*:8531:wsus.contoso.com", 3, OLD)),
                "CENTRAL_STORE",
                "host wsus01: the https binding *:8531:wsus.contoso.com of site \"WSUS Administration\" uses the central"
                        + " certificate store, which Certwright does not write; take the tick off in the binding's dialog of IIS"
                        + " Manager, or write PFX files there with a binding of type files");
    }

    private static List<String> driftOf(Server server) {
        return server.facts().drift().stream()
                .map(drift -> drift.code() + " " + drift.port() + ": " + drift.sentence() + " | " + drift.fix())
                .toList();
    }

    @Test
    void a_sound_server_has_no_drift() {
        assertThat(driftOf(new Server()
                        .site(WSUS, Binding.http("*:8530:"), https("*:8531:", 0, OLD))
                        .site("Portal", https("*:443:portal.contoso.com", 1, NEW))
                        .serves("0.0.0.0:8531", OLD)
                        .serves("portal.contoso.com:443", NEW)
                        .serves("0.0.0.0:5986", OLD, "{afebb9ad-9b97-4a91-9ab5-daf4d59122f6}", "My")))
                .isEmpty();
    }

    @Test
    void a_fresh_binding_without_certificate_is_no_drift() {
        assertThat(driftOf(new Server().site(WSUS, bare("*:8531:")))).isEmpty();
    }

    @Test
    void entries_that_win_over_what_iis_shows_are_named_with_their_end() {
        assertThat(driftOf(new Server()
                        .site(WSUS, https("*:8531:", 0, NEW))
                        .serves("0.0.0.0:8531", NEW)
                        .serves("10.0.0.7:8531", OLD)
                        .serves("wsus.contoso.com:8531", OLD)))
                .containsExactly(
                        "STRAY_ENTRY 8531: http.sys has an entry for 10.0.0.7:8531 that no binding of IIS refers to; it serves "
                                + OLD
                                + " there in place of what IIS shows | netsh http delete sslcert ipport=10.0.0.7:8531",
                        "STRAY_ENTRY 8531: http.sys has an entry for wsus.contoso.com:8531 that no binding of IIS refers to; it"
                                + " serves " + OLD + " there in place of what IIS shows | netsh http delete sslcert"
                                + " hostnameport=wsus.contoso.com:8531");
    }

    @Test
    void an_entry_left_over_on_another_port_is_an_orphan() {
        assertThat(driftOf(new Server().site(WSUS).serves("0.0.0.0:444", OLD)))
                .containsExactly(
                        "ORPHANED_ENTRY 444: http.sys has an entry of IIS for 0.0.0.0:444 that no binding refers to |"
                                + " netsh http delete sslcert ipport=0.0.0.0:444");
    }

    @Test
    void a_binding_that_nothing_is_served_for_is_named() {
        assertThat(driftOf(new Server().site(WSUS, https("*:8531:", 0, OLD))))
                .containsExactly(
                        "ENTRY_MISSING 8531: \"WSUS Administration\" *:8531: has a certificate in IIS, but http.sys has"
                                + " no entry for 0.0.0.0:8531, so nothing is served there | bind the certificate again: \"certwright"
                                + " bind NAME\", or the binding's dialog in IIS Manager");
    }

    @Test
    void iis_and_http_sys_that_disagree_are_named() {
        assertThat(driftOf(new Server().site(WSUS, https("*:8531:", 0, OLD)).serves("0.0.0.0:8531", NEW)))
                .containsExactly("ENTRY_DIFFERS 8531: \"WSUS Administration\" *:8531: has " + OLD
                        + " in IIS, but http.sys serves " + NEW
                        + " | bind the certificate again: \"certwright bind NAME\","
                        + " or the binding's dialog in IIS Manager");
    }

    @Test
    void an_entry_of_another_program_another_store_and_a_shared_entry_are_named() {
        Server server = new Server()
                .site(WSUS, https("*:8531:", 0, OLD))
                .site("Portal", https("*:8531:portal.contoso.com", 0, OLD))
                .serves("0.0.0.0:8531", OLD, "{00000000-0000-0000-0000-000000000001}", "WebHosting");

        assertThat(server.facts().drift())
                .extracting(IisDrift::code)
                .containsExactly(
                        IisDrift.Code.FOREIGN_ENTRY,
                        IisDrift.Code.OTHER_STORE,
                        IisDrift.Code.FOREIGN_ENTRY,
                        IisDrift.Code.OTHER_STORE,
                        IisDrift.Code.SHARED_ENTRY);
        assertThat(driftOf(server).get(4))
                .isEqualTo(
                        "SHARED_ENTRY 8531: one http.sys entry, 0.0.0.0:8531, serves several sites: \"WSUS Administration\""
                                + " *:8531:, \"Portal\" *:8531:portal.contoso.com; a new certificate for one is a new certificate for all"
                                + " | see that the certificate has the names of all, or require SNI on the bindings with a host name");
    }

    @Test
    void the_plan_carries_the_drift_of_its_port_alone() throws LifecycleException {
        Server server = new Server()
                .site(WSUS, https("*:8531:", 0, OLD))
                .serves("0.0.0.0:8531", OLD)
                .serves("10.0.0.7:8531", OLD)
                .serves("0.0.0.0:444", OLD);

        assertThat(plan(server).drift()).extracting(IisDrift::code).containsExactly(IisDrift.Code.STRAY_ENTRY);
    }

    /** A host header may be set on the central store's binding of another site: named, and no reason to stop. */
    @Test
    void the_central_store_of_another_site_is_only_drift() throws LifecycleException {
        Server server = new Server()
                .site(WSUS, https("*:8531:", 0, NEW))
                .site("Portal", https("*:443:portal.contoso.com", 3, OLD))
                .serves("0.0.0.0:8531", NEW);

        assertThat(plan(server).changesAnything()).isFalse();
        assertThat(server.facts().drift()).extracting(IisDrift::code).containsExactly(IisDrift.Code.CENTRAL_STORE);
    }
}
