package io.certwright.wsus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.windows.AccessCall.ClearSslFlags;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.WsusCall.RemoveWsusSetupValue;
import io.certwright.windows.WsusCall.SetWsusSetupValue;
import io.certwright.windows.WsusCall.SetupValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchMementoTest {
    private static final SwitchMemento BEFORE = new SwitchMemento(
            Map.of(
                    "WSUS Administration/ApiRemoting30",
                    new SslFlagsAt("None", true),
                    "W/C",
                    new SslFlagsAt("0", false)),
            List.of(new SetupValue("UsingSSL", "DWord", "0"), new SetupValue("HostHeader", "String", "")));

    @Test
    void comes_back_from_its_text_whatever_is_in_it() {
        SwitchMemento odd = new SwitchMemento(
                Map.of("Site ‘$(x)’\t\n 😀 100%/é", new SslFlagsAt("Ssl, Ssl128", false)),
                List.of(new SetupValue("a b", "String", "c\\d e\n")));

        assertThat(SwitchMemento.parse(odd.text())).isEqualTo(odd);
        assertThat(SwitchMemento.parse(BEFORE.text()).isSameAs(BEFORE)).isTrue();
        assertThat(SwitchMemento.parse("")).isEqualTo(new SwitchMemento(Map.of(), List.of()));
    }

    @Test
    void leads_back_by_the_calls_that_are_needed() {
        SwitchMemento now = new SwitchMemento(
                Map.of(
                        "WSUS Administration/ApiRemoting30",
                        new SslFlagsAt("Ssl", false),
                        "W/C",
                        new SslFlagsAt("Ssl", false)),
                List.of(
                        new SetupValue("usingssl", "DWord", "1"),
                        new SetupValue("HostHeader", "String", ""),
                        new SetupValue("ServerCertificateName", "String", "wsus.contoso.com")));

        assertThat(BEFORE.backFrom(now))
                .hasSize(4)
                .contains(
                        new ClearSslFlags("WSUS Administration/ApiRemoting30"),
                        new SetSslFlags("W/C", "0"),
                        new SetWsusSetupValue("UsingSSL", "DWord", "0"),
                        new RemoveWsusSetupValue("ServerCertificateName"));
        assertThat(BEFORE.backFrom(BEFORE)).isEmpty();
    }

    @Test
    void refuses_a_text_that_is_none() {
        assertThatThrownBy(() -> SwitchMemento.parse("flags only-two"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snapshot of a WSUS server: got a line of 2 parts, wanted 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ssl | true | false",
                "Ssl,Ssl128 | true | false",
                "None | false | false",
                "0 | false | false",
                "8 | true | false",
                "264 | true | false",
                "40 | true | true",
                "Ssl, SslNegotiateCert | true | true",
                "ssl,sslrequirecert | true | true",
                "SslMapCert | false | true",
                "Ssl128 | false | false",
            })
    void the_flags_of_a_place_are_read_as_names_and_as_a_number(String value, boolean required, boolean asks) {
        assertThat(RequiredTls.of(new SslFlagsAt(value, false))).isEqualTo(new RequiredTls(required, asks));
    }
}
