package io.certwright.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.testing.TestCa;
import io.certwright.trust.ClientGroupName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReadingTest {
    private static final String LAB = "issuers: { lab: { type: builtin } }\n";

    @TempDir
    private Path root;

    private final Faults faults = new Faults();

    @Test
    void the_annotated_example_is_read_without_a_fault() {
        Optional<Settings> read = SettingsReading.read(
                new SettingsFile(Path.of("config/certwright.example.yml"), Map.of("SMTP_PASSWORD", "secret")), faults);

        assertThat(faults.list()).isEmpty();
        Settings settings = read.orElseThrow();
        assertThat(settings.issuers().keySet())
                .extracting(IssuerName::value)
                .containsExactlyInAnyOrder(
                        "lab",
                        "alone",
                        "pki-team",
                        "cmp-ca",
                        "letsencrypt",
                        "ndes",
                        "corp-ca",
                        "auto-enrolled",
                        "est-ca",
                        "corp-ces",
                        "corp-web");
        assertThat(settings.groups()).containsOnlyKeys(ClientGroupName.of("wsus-clients"));
        var wsus = settings.certificates().get(CertificateName.of("wsus01"));
        assertThat(wsus.bindings())
                .contains(new BindingName("listener:main"), new BindingName("iis:wsus02/WSUS Administration:8531"))
                .hasSize(3);
        assertThat(settings.wsus()).singleElement().satisfies(server -> {
            assertThat(server.url()).isEqualTo("https://wsus.contoso.com:8531");
            assertThat(server.certificate()).isEqualTo(wsus.name());
        });
        assertThat(wsus.recipients()).containsExactly(new Recipient("wsus-admins@contoso.com"));
    }

    @Test
    void an_issuer_that_is_asked_on_a_host_names_one_of_the_hosts() throws IOException {
        String ca = ", type: adcs-certreq, ca: 'ca01\\Contoso CA' } }\n";

        assertThat(read("issuers: { corp: { host: wsus01" + ca + "hosts: { wsus01: { transport: local } }"))
                .isPresent();
        assertThat(read("issuers: { corp: { host: local" + ca)).isPresent();
        assertThat(faults.list()).isEmpty();

        assertThat(read("issuers: { corp: { host: 'wsus 99'" + ca)).isEmpty();
        assertThat(faults.list())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .endsWith("issuers.corp.host: got \"wsus 99\", wanted one of the hosts of the settings"));
    }

    @Test
    void the_host_whose_site_answers_an_acme_ca_is_one_of_the_hosts() throws IOException {
        String acme =
                "issuers: { le: { type: acme, directory: 'https://acme.test/dir', http-01: { host: web01, web-root: 'C:\\web' } } }\n";

        assertThat(read(acme + "hosts: { web01: { transport: local } }")).isPresent();
        assertThat(read(acme)).isEmpty();
        assertThat(faults.list())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .endsWith("issuers.le.http-01.host: got \"web01\", wanted one of the hosts of the settings"));
    }

    @Test
    void a_certificate_from_the_store_of_a_host_has_its_key_and_its_bindings_there() throws IOException {
        String top = """
                issuers: { auto: { type: windows-store, host: wsus01 } }
                hosts: { wsus01: { transport: local }, wsus02: { transport: local } }
                certificates: { w: { dns: [w.contoso.com], issuer: auto,\s""";
        String there = "bind: [ { type: iis, host: wsus01, site: WSUS } ] } }";

        assertThat(read(top + "key: { origin: host }, " + there)).isPresent();
        assertThat(faults.list()).isEmpty();

        assertThat(read(top + there)).isEmpty();
        assertThat(read(top + "key: { origin: host }, bind: [ { type: iis, host: wsus02, site: WSUS } ] } }"))
                .isEmpty();
        assertThat(faults.list())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .endsWith(
                                "certificates.w.issuer: got auto, whose certificates lie on host wsus01 with their keys, wanted"
                                        + " key: { origin: host } and bindings of type iis there"));
    }

    @Test
    void a_key_that_an_issuer_cannot_use_is_a_fault() throws IOException {
        read("""
                issuers: { ndes: { type: scep, url: 'http://ndes.contoso.com/x', anchors: [root.pem] } }
                hosts: { web01: { mode: report } }
                certificates:
                  a: { dns: [a.contoso.com], issuer: ndes, key: { algorithm: ec } }
                  b: { dns: [b.contoso.com], issuer: ndes, key: { origin: host }, bind: [ { type: iis, host: web01, site: B } ] }
                  c: { dns: [c.contoso.com], issuer: ndes }
                """);

        assertThat(faults.list())
                .extracting(Object::toString)
                .satisfiesExactly(
                        fault -> assertThat(fault)
                                .endsWith(
                                        "4:62: certificates.a.key.algorithm: got \"ec\", wanted rsa: an issuer of type"
                                                + " scep encrypts its answers to the key"),
                        fault -> assertThat(fault)
                                .endsWith(
                                        "5:59: certificates.b.key.origin: got \"host\", wanted service: an issuer of type"
                                                + " scep has each message signed with the key"));
    }

    @Test
    void a_second_issuer_must_have_a_root_that_clients_can_be_given_beforehand() throws IOException {
        String issuers = "issuers: { lab: { type: builtin }, alone: { type: selfsigned } }\n";
        String certificate = "certificates: { wsus01: { dns: [a.contoso.com], issuer: lab, fallback-issuer: alone";
        assertThat(read(issuers + certificate + " } }")).isPresent();
        read(issuers + certificate + ", clients: pcs } }\nclient-groups: { pcs: {} }");

        assertThat(faults.list())
                .singleElement()
                .asString()
                .endsWith("fallback-issuer: got \"alone\" of type selfsigned, wanted a CA: clients cannot be given a"
                        + " certificate that is its own root before it is issued");
    }

    @Test
    void an_update_server_must_be_a_name_of_a_certificate_for_these_clients() throws IOException {
        String certificates = "certificates: { wsus01: { dns: [wsus01.contoso.com], issuer: lab, clients: pcs } }\n";
        read(LAB + certificates + "client-groups: { pcs: { update-server: 'https://wsus.contoso.com:8531' } }");

        assertThat(faults.list())
                .singleElement()
                .asString()
                .endsWith("client-groups.pcs.update-server: got wsus.contoso.com, which is no name of a certificate for"
                        + " these clients, wanted one of wsus01.contoso.com");
    }

    private static final String TWO_PORTS = LAB + """
            hosts: { wsus01: { transport: local } }
            certificates:
              portal: { dns: [portal.contoso.com], issuer: lab, bind: [ { type: iis, host: wsus01, site: Portal, port: 444 } ] }
              wsus01:
                dns: [wsus01.contoso.com]
                issuer: lab
                bind:
                  - { type: iis, host: wsus01, site: WSUS Administration, port: 443 }
                  - { type: iis, host: wsus01, site: WSUS Administration, port: 8531 }
            """;

    @Test
    void of_several_https_ports_of_a_wsus_server_the_first_for_its_name_is_meant_unless_one_is_given()
            throws IOException {
        assertThat(read(TWO_PORTS + "wsus: { wsus01: { ssl-name: wsus01.contoso.com } }")
                        .orElseThrow()
                        .wsus())
                .extracting(server -> server.url())
                .containsExactly("https://wsus01.contoso.com");
        assertThat(read(TWO_PORTS + "wsus: { wsus01: { ssl-name: wsus01.contoso.com, port: 8531 } }")
                        .orElseThrow()
                        .wsus())
                .extracting(server -> server.url())
                .containsExactly("https://wsus01.contoso.com:8531");
    }

    @ParameterizedTest
    @CsvSource({"transport: local,transprt: local", "dns: [wsus01.contoso.com],dns: [wsus01.contoso.com.]"})
    void a_fault_of_a_host_or_certificate_is_none_of_the_wsus_server_on_it(String sound, String faulty)
            throws IOException {
        String settings = """
                issuers: { lab: { type: builtin } }
                hosts: { wsus01: { transport: local } }
                certificates:
                  a: { dns: [wsus01.contoso.com], issuer: lab, bind: [ { type: iis, host: wsus01, site: WSUS, port: 8531 } ] }
                wsus: { wsus01: { ssl-name: wsus01.contoso.com } }
                """;
        read(settings);
        assertThat(faults.list()).isEmpty();

        read(settings.replace(sound, faulty));

        assertThat(faults.list()).singleElement().asString().doesNotContain(" wsus.");
    }

    @Test
    void a_port_of_a_wsus_server_is_one_that_a_certificate_is_bound_to() throws IOException {
        read(TWO_PORTS + "wsus: { wsus01: { ssl-name: wsus01.contoso.com, port: 8532 } }");

        assertThat(faults.list())
                .singleElement()
                .asString()
                .endsWith(
                        "wsus.wsus01.port: got 8532, on which no certificate is bound on wsus01, wanted 444 or 443 or 8531");
    }

    @Test
    void a_binding_in_iis_names_a_host_and_a_site() throws IOException {
        read(LAB + """
                hosts: { web01: { mode: report } }
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, bind: [ { type: iis, host: web02, site: A }, { type: iis, host: web01 } ] }
                """);

        assertThat(faults.list())
                .extracting(Object::toString)
                .satisfiesExactly(
                        fault -> assertThat(fault).endsWith("bind[0].host: got \"web02\", did you mean \"web01\"?"),
                        fault -> assertThat(fault).endsWith("bind[1].site: is missing, wanted a value"));
    }

    @Test
    void a_wsus_server_needs_a_certificate_bound_there_that_has_its_name() throws IOException {
        read(LAB + """
                hosts: { wsus01: { mode: report }, wsus02: { mode: report } }
                certificates:
                  a: { dns: [wsus01.contoso.com], issuer: lab, bind: [ { type: iis, host: wsus01, site: W, port: 8531 } ] }
                wsus:
                  wsus01: { ssl-name: other.contoso.com, consoles: [wsus03], downstream: { wsus02: { ssl-name: wsus02.contoso.com } } }
                """);

        assertThat(faults.list())
                .extracting(Object::toString)
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault)
                                .endsWith("wsus.wsus01.ssl-name: got other.contoso.com, which is not among the names of"
                                        + " certificate a, wanted one of them"),
                        fault -> assertThat(fault)
                                .endsWith(
                                        "wsus.wsus01.consoles[0]: got \"wsus03\", wanted one of the hosts of the settings"),
                        fault -> assertThat(fault)
                                .endsWith(
                                        "wsus.wsus01.downstream.wsus02: got server wsus02, to which no certificate is bound,"
                                                + " wanted one with bind: { type: iis, host: wsus02, … }"));
    }

    @Test
    void the_least_settings_need_an_issuer_and_a_certificate_only() throws IOException {
        Optional<Settings> read = read(LAB + "certificates: { wsus01: { dns: [wsus01.contoso.com], issuer: lab } }");

        assertThat(faults.list()).isEmpty();
        assertThat(read.orElseThrow().hosts().get(HostName.LOCAL).mode()).isEqualTo(HostMode.MANAGE);
        assertThat(read.get().database()).isInstanceOf(DatabaseChoice.Embedded.class);
    }

    @Test
    void anchors_are_read_from_their_files() throws IOException {
        TestCa ca = TestCa.root("CN=Contoso Root", Instant.parse("2026-03-02T10:00:00Z"));
        Files.write(root.resolve("root.cer"), der(ca));

        Optional<Settings> read = read(LAB + "trust-anchors: [./root.cer]");

        assertThat(faults.list()).isEmpty();
        assertThat(read.orElseThrow().trustAnchors()).containsExactly(ca.anchor());
    }

    @Test
    void who_hears_of_everything_hears_of_each_certificate_too() throws IOException {
        Optional<Settings> read = read(LAB + """
                alerts: { to: [all@contoso.com] }
                certificates: { a: { dns: [a.contoso.com], issuer: lab, recipients: [some@contoso.com] } }
                """);

        assertThat(read.orElseThrow()
                        .certificates()
                        .get(CertificateName.of("a"))
                        .recipients())
                .containsExactly(new Recipient("all@contoso.com"), new Recipient("some@contoso.com"));
    }

    @Test
    void the_database_is_told_first_though_a_fault_comes_later() throws IOException {
        Files.writeString(root.resolve("certwright.yml"), "certificats: {}\ndatabase: { embedded: here }");
        SettingsFile file = new SettingsFile(root.resolve("certwright.yml"), Map.of());
        List<DatabaseChoice> told = new ArrayList<>();

        Optional<Settings> read = SettingsReading.read(file, file.read(faults), faults, told::add);

        assertThat(read).isEmpty();
        assertThat(told).containsExactly(new DatabaseChoice.Embedded(root.resolve("here")));
    }

    @Test
    void one_fault_anywhere_and_there_are_no_settings() throws IOException {
        assertThat(read(LAB + "certificats: {}")).isEmpty();
    }

    @Test
    void every_part_says_what_is_wrong_with_it_all_at_once() throws IOException {
        read("""
                issuers: { lab: { type: builtin, lifetime: never } }
                certificates:
                  a: { dns: [], issuer: nobody, allow: [everything] }
                  b: { dns: [b.contoso.com], issuer: lab, recipients: ["x"] }
                """);

        assertThat(told())
                .containsExactly(
                        "1:44: issuers.lab.lifetime: got \"never\", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h",
                        "3:25: certificates.a.issuer: got \"nobody\", wanted one of lab",
                        "3:41: certificates.a.allow[0]: got \"everything\", wanted one of wildcard, single-label, test-ca",
                        "4:56: certificates.b.recipients[0]: mail address: got \"x\", wanted one such as pki@contoso.com");
    }

    @Test
    void refuses_a_certificate_of_an_unknown_issuer() throws IOException {
        says(LAB + """
                certificates:
                  wsus01: { dns: [wsus01.contoso.com], issuer: lba }
                """, "3:48: certificates.wsus01.issuer: got \"lba\", did you mean \"lab\"?");
    }

    @Test
    void refuses_a_certificate_without_an_issuer() throws IOException {
        says(LAB + """
                certificates:
                  wsus01: { dns: [wsus01.contoso.com] }
                """, "3:3: certificates.wsus01.issuer: is missing, wanted a value");
    }

    @Test
    void refuses_a_certificate_for_unknown_clients() throws IOException {
        says(LAB + """
                certificates:
                  wsus01: { dns: [wsus01.contoso.com], issuer: lab, clients: pcs }
                """, "3:62: certificates.wsus01.clients: got \"pcs\", but there is none to choose from");
    }

    @Test
    void refuses_a_listener_that_two_certificates_bind() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, bind: [{ type: listener }] }
                  b: { dns: [b.contoso.com], issuer: lab, bind: [{ type: listener }] }
                """,
                "4:50: certificates.b.bind[0]: got listener:main, which certificate a binds already, wanted each binding once");
    }

    @Test
    void refuses_files_on_a_host_that_is_not_this_machine() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, bind: [{ type: files, host: wsus09, fullchain: a.pem, key: a.key, reload: ["true"], probe: ["127.0.0.1:443"] }] }
                """,
                "3:71: certificates.a.bind[0].host: got \"wsus09\", wanted local: files are written on this machine only");
    }

    @Test
    void refuses_a_name_with_spaces() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: ["wsus 01.contoso.com"], issuer: lab }
                """,
                "3:14: certificates.a.dns[0]: DNS name: got \"wsus 01.contoso.com\", wanted labels of letters, digits and hyphens (an international name as its xn-- form)");
    }

    @Test
    void refuses_a_name_with_a_line_break() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: ["wsus01.contoso.com\\r\\nX-Evil: 1"], issuer: lab }
                """,
                "3:14: certificates.a.dns[0]: DNS name: got \"wsus01.contoso.com\\u000d\\u000ax-evil: 1\", wanted labels of letters, digits and hyphens (an international name as its xn-- form)");
    }

    @Test
    void refuses_a_name_with_quotes() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: ['wsus01"; rm -rf'], issuer: lab }
                """,
                "3:14: certificates.a.dns[0]: DNS name: got \"wsus01\"; rm -rf\", wanted labels of letters, digits and hyphens (an international name as its xn-- form)");
    }

    @Test
    void refuses_an_rsa_key_of_a_wrong_size() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, key: { algorithm: rsa, size: 1024 } }
                """,
                "3:43: certificates.a.key: key: got rsa 1024, wanted one of RSA-2048, RSA-3072, RSA-4096, P-256, P-384");
    }

    @Test
    void refuses_a_curve_that_servers_do_not_take() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, key: { algorithm: ec, size: 521 } }
                """,
                "3:43: certificates.a.key: key: got ec 521, wanted one of RSA-2048, RSA-3072, RSA-4096, P-256, P-384");
    }

    @Test
    void refuses_a_key_on_the_host_for_our_own_listener() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, key: { origin: host }, bind: [{ type: listener }] }
                """,
                "3:58: certificates.a.key.origin: got \"host\", wanted service: only bindings of type iis can use a key that is made on their host");
    }

    @Test
    void refuses_keys_that_nobody_knows() throws IOException {
        says(
                LAB + """
                certificats: {}
                certificates:
                  a: { dns: [a.contoso.com], isuer: lab, issuer: lab }
                """,
                "2:1: certificats: unknown key, did you mean \"certificates\"?",
                "4:30: certificates.a.isuer: unknown key, did you mean \"issuer\"?");
    }

    @Test
    void refuses_an_issuer_of_an_unknown_kind() throws IOException {
        says(
                """
                issuers: { lab: { type: adcss } }
                certificates: {}
                """,
                "1:25: issuers.lab.type: got \"adcss\", wanted one of acme, adcs-certreq, adcs-ces, adcs-web, builtin, cmp, est,"
                        + " manual, scep, selfsigned, windows-store");
    }

    @Test
    void refuses_a_binding_of_an_unknown_kind() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, bind: [{ type: apache }, { }] }
                """,
                "3:58: certificates.a.bind[0].type: got \"apache\", wanted listener, files or iis",
                "3:68: certificates.a.bind[1].type: is missing, wanted a value");
    }

    @Test
    void refuses_a_certificate_without_a_name() throws IOException {
        says(LAB + """
                certificates:
                  a: { issuer: lab }
                """, "3:3: certificates.a: certificate a: got no name, wanted at least one under dns or ips");
    }

    @Test
    void refuses_an_address_that_is_none() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], ips: [10.0.0.256], issuer: lab }
                """,
                "3:36: certificates.a.ips[0]: IP address: got \"10.0.0.256\", wanted a literal such as 10.0.0.1 or fd00::1");
    }

    @Test
    void refuses_shares_that_are_impossible() throws IOException {
        says(
                LAB + """
                certificates:
                  a: { dns: [a.contoso.com], issuer: lab, renew: { at: 100%, jitter: 20% } }
                  b: { dns: [b.contoso.com], issuer: lab, renew: { at: 50%, jitter: 50% } }
                """,
                "3:43: certificates.a.renew: renew at: got 100.0%, wanted more than 0% and less than 100%",
                "4:43: certificates.b.renew: renew jitter: got 50.0%, wanted at least 0% and less than 50.0%");
    }

    @Test
    void refuses_a_window_and_a_mode_that_mean_nothing() throws IOException {
        says(
                LAB + "hosts: { local: { mode: watch, window: \"Son 02:00-05:00 Berlin\" } }",
                "2:25: hosts.local.mode: got \"watch\", wanted one of report, manage",
                "2:40: hosts.local.window: maintenance window: got \"Son 02:00-05:00 Berlin\", wanted days, times and a zone such as \"Sun 02:00-05:00 Europe/Berlin\" or \"daily 01:00-03:00 UTC\"");
    }

    @Test
    void refuses_a_client_group_with_wrong_values() throws IOException {
        says(
                LAB + "client-groups: { pcs: { pin: yes, wait: 14, also-talk-to: [\"wsus03\"] } }",
                "2:30: client-groups.pcs.pin: got \"yes\", wanted true or false",
                "2:41: client-groups.pcs.wait: got \"14\", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h",
                "2:60: client-groups.pcs.also-talk-to[0]: endpoint: got \"wsus03\", wanted host:port such as wsus.contoso.com:8531, or [address]:port for IPv6");
    }

    @Test
    void refuses_a_recipient_and_a_mail_server_that_are_none() throws IOException {
        says(
                LAB + "alerts: { to: [nobody], mail: { smtp: \"http://mail\", from: pki@contoso.com } }",
                "2:16: alerts.to[0]: mail address: got \"nobody\", wanted one such as pki@contoso.com",
                "2:39: alerts.mail.smtp: mail server: got \"http://mail\", wanted smtp://HOST:PORT (with ?starttls=optional or ?starttls=off if need be) or smtps://HOST:PORT");
    }

    @Test
    void refuses_an_anchor_whose_file_is_missing() throws IOException {
        says(
                LAB + "trust-anchors: [./nowhere.cer]",
                "2:16: trust-anchors: certificate file \"ROOT/nowhere.cer\": it is not there; check the path");
    }

    @Test
    void refuses_a_secret_that_is_not_in_the_environment() throws IOException {
        says(
                LAB + "database: { url: \"jdbc:postgresql://db/certwright\", user: c, password: \"${env:NOWHERE}\" }",
                "2:72: database.password: got ${env:NOWHERE}, but the environment variable is not set: set it for the user that runs Certwright");
    }

    @Test
    void refuses_two_databases() throws IOException {
        says(
                LAB + "database: { embedded: data, url: \"jdbc:postgresql://db/certwright\", user: c, password: p }",
                "2:34: database.url: got both embedded and url, wanted one of them");
    }

    @Test
    void refuses_a_database_url_without_a_user() throws IOException {
        says(
                LAB + "database: { url: \"jdbc:postgresql://db/certwright\" }",
                "2:18: database.url: got a url without user or password, wanted both beside it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/certwright", "jdbc:mysql://db/certwright"})
    void a_database_of_another_make_is_a_fault_at_its_url_though_its_login_is_missing_too(String url)
            throws IOException {
        String fault = "database.url: database URL: got \"" + url
                + "\", wanted one like \"jdbc:postgresql://db.example.com:5432/certwright\"";

        says(
                LAB + "database: { url: \"" + url + "\" }",
                "2:18: " + fault,
                "2:18: database.url: got a url without user or password, wanted both beside it");
    }

    @Test
    void refuses_a_database_user_without_a_url() throws IOException {
        says(
                LAB + "database: { user: c }",
                "2:1: database: got user or password without a url, wanted them only beside a url");
    }

    @Test
    void refuses_a_listen_address_without_a_host() throws IOException {
        says(
                LAB + "service: { listen: \"8443\" }",
                "2:20: service.listen: endpoint: got \"8443\", wanted host:port such as wsus.contoso.com:8531, or [address]:port for IPv6");
    }

    @Test
    void refuses_a_certificate_name_with_a_space() throws IOException {
        says(
                LAB + """
                certificates:
                  "wsus 01": { dns: [a.contoso.com], issuer: lab }
                """,
                "3:3: certificates.wsus 01: certificate name: got \"wsus 01\", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
    }

    @Test
    void refuses_an_issuer_name_with_a_space() throws IOException {
        says(
                "issuers: { \"my lab\": { type: builtin } }",
                "1:12: issuers.my lab: issuer name: got \"my lab\", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
    }

    @Test
    void refuses_watched_endpoints_that_are_none() throws IOException {
        says(
                LAB + "watch: [{ address: \"intranet:0\" }, { adress: \"intranet:443\" }]",
                "2:20: watch[0].address: endpoint: got port 0, wanted 1 to 65535",
                "2:36: watch[1].address: is missing, wanted a value",
                "2:38: watch[1].adress: unknown key, did you mean \"address\"?");
    }

    @Test
    void refuses_watched_targets_that_are_two_or_doubled() throws IOException {
        says(
                LAB
                        + "watch: [{ address: \"a:443\", file: a.pem }, { address: \"a:443\" }, { address: \"A:443\" }, { file: a.pem, sni: b }]",
                "2:9: watch[0]: got an address and a file, wanted one of them",
                "2:66: watch[2]: got a:443 twice, wanted each target once",
                "2:103: watch[3].sni: unknown key, wanted one of file, address");
    }

    @Test
    void refuses_a_text_where_a_mapping_belongs() throws IOException {
        says(
                """
                issuers: lab
                certificates: []
                """,
                "1:10: issuers: got a single value, wanted a mapping",
                "2:15: certificates: got a list, wanted a mapping");
    }

    /** The faults of one text, without the name of the file. */
    private void says(String yaml, String... sentences) throws IOException {
        assertThat(read(yaml)).isEmpty();
        assertThat(told()).containsExactly(sentences);
    }

    private List<String> told() {
        String file = root.resolve("config/certwright.yml") + ":";
        return faults.list().stream()
                .map(Fault::toString)
                .map(fault -> fault.startsWith(file) ? fault.substring(file.length()) : fault)
                .map(fault -> fault.replace(root.toString(), "ROOT"))
                .toList();
    }

    private Optional<Settings> read(String yaml) throws IOException {
        Path file = root.resolve("config/certwright.yml");
        Files.createDirectories(root.resolve("config"));
        Files.writeString(file, yaml);
        return SettingsReading.read(new SettingsFile(file, Map.of()), faults);
    }

    private static byte[] der(TestCa ca) {
        try {
            return ca.certificate().getEncoded();
        } catch (java.security.cert.CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
