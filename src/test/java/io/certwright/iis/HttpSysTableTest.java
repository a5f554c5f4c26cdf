package io.certwright.iis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.Thumbprint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSysTableTest {
    private static final String HASH = "d0013e91aab93f437a4443b13e6d18bd60f0279c";

    private static final String ENGLISH = """

            SSL Certificate bindings:
            -------------------------

                IP:port                      : 0.0.0.0:8531
                Certificate Hash             : d0013e91aab93f437a4443b13e6d18bd60f0279c
                Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
                Certificate Store Name       : My
                Verify Client Certificate Revocation : Enabled
                Verify Revocation Using Cached Client Certificate Only : Disabled
                Usage Check                  : Enabled
                Revocation Freshness Time    : 0
                Ctl Identifier               : (null)
             Extended Properties:
                PropertyId                   : 0
                Receive Window               : 1048576

                Hostname:port                : WSUS.contoso.com:443
                Certificate Hash             : d0013e91aab93f437a4443b13e6d18bd60f0279c
                Application ID               : {4DC3E181-E14B-4A21-B022-59FC669B0914}
                Certificate Store Name       : (null)

                IP:port                      : [::]:443
                Certificate Hash             : d0013e91aab93f437a4443b13e6d18bd60f0279c
                Application ID               : {11111111-2222-3333-4444-555555555555}
                Certificate Store Name       : WebHosting

                Central Certificate Store    : 443
                Certificate Hash             : (null)
                Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
                Certificate Store Name       : (null)
            """;

    @Test
    void reads_the_key_the_hash_the_application_and_the_store() {
        assertThat(HttpSysTable.parse(ENGLISH).entries())
                .extracting(
                        entry -> entry.key().argument(),
                        entry -> entry.certificate().isPresent(),
                        HttpSysEntry::isOfIis,
                        HttpSysEntry::store)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ipport=0.0.0.0:8531", true, true, "My"),
                        org.assertj.core.groups.Tuple.tuple("hostnameport=wsus.contoso.com:443", true, true, "My"),
                        org.assertj.core.groups.Tuple.tuple("ipport=[::]:443", true, false, "WebHosting"),
                        org.assertj.core.groups.Tuple.tuple("ccs=443", false, true, "My"));
    }

    @Test
    void keeps_every_other_value_in_its_place() {
        assertThat(HttpSysTable.parse(ENGLISH).entries().get(0).others())
                .containsExactly("Enabled", "Disabled", "Enabled", "0", "(null)", "0", "1048576");
    }

    /** Labels as the language packs have them, with accents, other scripts, colons in labels and a colon in full width. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                SSL-Zertifikatbindungen:
                -------------------------

                    IP:Port                      : 10.0.0.1:8531
                    Zertifikathash               : d0013e91aab93f437a4443b13e6d18bd60f0279c
                    Anwendungs-ID                : {4dc3e181-e14b-4a21-b022-59fc669b0914}
                    Zertifikatspeichername       : My
                    Clientzertifikatsperrung überprüfen : Aktiviert
                """, """
                Liaisons de certificat SSL :
                -------------------------

                    IP:port\u00a0                     :\u00a010.0.0.1:8531
                    Hachage du certificat         : D0013E91AAB93F437A4443B13E6D18BD60F0279C
                    ID de l’application           : {4dc3e181-e14b-4a21-b022-59fc669b0914}
                    Nom du magasin de certificats : My
                """, """
                SSL 証明書のバインド:
                -------------------------

                    IP:ポート                    ： 10.0.0.1:8531
                    証明書ハッシュ               ： d0013e91aab93f437a4443b13e6d18bd60f0279c
                    アプリケーション ID          ： {4dc3e181-e14b-4a21-b022-59fc669b0914}
                    証明書ストア名               ： My
                """})
    void reads_the_table_in_any_language(String printed) {
        assertThat(HttpSysTable.parse(printed).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.key().argument()).isEqualTo("ipport=10.0.0.1:8531");
            assertThat(entry.serves(Thumbprint.parse(HASH), "MY")).isTrue();
            assertThat(entry.isOfIis()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"SslCertificateBindings":[{"IpPort":"10.0.0.1:8531","ConfigType":1,"AppId":"4dc3e181-e14b-4a21-b022-59fc669b0914",
                 "SslHash":[208,1,62,145,170,185,63,67,122,68,67,177,62,109,24,189,96,240,39,156],"SslCertStoreName":"My",
                 "ExtendedProperties":[{"PropertyId":0,"ReceiveWindow":1048576}]}],"message":"","status":0}
                """, """
                {"status":0,"result":{"bindings":[{"ipPort":"10.0.0.1:8531","certificateHash":"D0013E91AAB93F437A4443B13E6D18BD60F0279C",
                 "guid":"{4DC3E181-E14B-4A21-B022-59FC669B0914}","ctlStoreName":null,"certificateStoreName":"My"}]}}
                """})
    void reads_the_table_as_json_whatever_its_names(String printed) {
        assertThat(HttpSysTable.parse(printed).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.key().argument()).isEqualTo("ipport=10.0.0.1:8531");
            assertThat(entry.serves(Thumbprint.parse(HASH), "My")).isTrue();
            assertThat(entry.isOfIis()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "SSL Certificate bindings:\n---\n\nThe system cannot find the file specified.\n",
                "{}"
            })
    void a_server_without_entries_has_an_empty_table(String printed) {
        assertThat(HttpSysTable.parse(printed).entries()).isEmpty();
    }

    @Test
    void refuses_an_entry_whose_key_is_none() {
        assertThatThrownBy(() -> HttpSysTable.parse(
                        "  IP:port : nowhere at all\n  Hash : " + HASH + "\n  App : " + HttpSysEntry.IIS + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "http.sys table: got an entry for \"nowhere at all\", wanted address:port, name:port or a port");
    }

    @Test
    void refuses_an_entry_that_lost_its_application() {
        assertThatThrownBy(() -> HttpSysTable.parse("  IP:port : 0.0.0.0:8531\n  Hash : " + HASH + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "http.sys table: got an entry for \"0.0.0.0:8531\" without an application ID, wanted a block of key,"
                                + " hash, application ID and store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"SslCertificateBindings\":[{\"IpPort\":\"0.0.0.0:8531\"", "{\"a\":[1,2", "{]"})
    void refuses_json_that_breaks_off(String printed) {
        assertThatThrownBy(() -> HttpSysTable.parse(printed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("http.sys table: got JSON that ends or breaks at ")
                .hasMessageEndingWith(", wanted the whole answer of netsh");
    }

    @ParameterizedTest
    @CsvSource({
        "*:8531:, 0, ipport=0.0.0.0:8531",
        "10.0.0.1:8531:, 0, ipport=10.0.0.1:8531",
        "*:8531:wsus.x, 0, ipport=0.0.0.0:8531",
        "*:8531:wsus.x, 1, hostnameport=wsus.x:8531",
        "*:8531:WSUS.x, 37, hostnameport=wsus.x:8531",
        "*:8531:, 36, ipport=0.0.0.0:8531",
        "[fd00::1]:443:, 0, ipport=[fd00::1]:443",
        "[::]:443:, 0, ipport=[::]:443",
        "*:443:wsus.x, 3, ccs=443",
    })
    void a_binding_has_the_entry_that_iis_uses_for_it(String information, int flags, String argument) {
        assertThat(HttpSysKey.of(BindingInformation.parse(information), new SslFlags(flags))
                        .argument())
                .isEqualTo(argument);
    }

    @ParameterizedTest
    @CsvSource({
        "*:8531:, *:8531:",
        ":8531:, *:8531:",
        "[FD00:0:0:0:0:0:0:1]:443:Wsus.X, [fd00::1]:443:wsus.x",
        "[::]:443:, [::]:443:",
        "[2001:db8:0:0:1:0:0:1]:443:, [2001:db8::1:0:0:1]:443:",
        "[2001:db8:0:1:1:1:1:1]:443:, [2001:db8:0:1:1:1:1:1]:443:",
        "[fe80::]:443:, [fe80::]:443:",
    })
    void binding_information_is_read_and_written_as_iis_does(String written, String again) {
        assertThat(BindingInformation.parse(written)).hasToString(again);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "808:* | binding: got \"808:*\", wanted address:port:host such as *:8531: or [fd00::1]:443:wsus.contoso.com",
                "*:0: | binding: got port 0, wanted 1 to 65535",
                "here:1: | IP address: got \"here\", wanted a literal such as 10.0.0.1 or fd00::1",
                "*:1:a b | binding: got host header \"a b\", wanted at most 253 characters without spaces, colons or control"
                        + " characters",
            })
    void refuses_binding_information_that_is_none(String written, String sentence) {
        assertThatThrownBy(() -> BindingInformation.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void finds_an_entry_by_its_key() {
        HttpSysEntry entry = new HttpSysEntry(
                new HttpSysKey(HttpSysKey.Kind.ADDRESS, "::", 443), Optional.empty(), "", "(null)", List.of());
        HttpSysTable table = new HttpSysTable(List.of(entry));

        assertThat(table.find(HttpSysKey.of(BindingInformation.parse("[::]:443:"), SslFlags.NONE)))
                .contains(entry);
        assertThat(table.find(new HttpSysKey(HttpSysKey.Kind.ADDRESS, "0.0.0.0", 443)))
                .isEmpty();
        assertThat(entry.store()).isEqualTo("My");
        assertThat(entry.isOfIis()).isTrue();
    }
}
