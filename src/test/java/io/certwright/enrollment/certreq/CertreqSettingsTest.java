package io.certwright.enrollment.certreq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand on certreq's command line. */
class CertreqSettingsTest {
    private static CertreqSettings settings(String ca, String template) {
        return new CertreqSettings("wsus01", ca, Optional.of(template), List.of(), Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca01\\CA", "ca01.contoso.com\\Contoso Issuing CA", "ca01\\Prüfstelle (1) & Söhne, $CA"})
    void takes_any_name_of_a_ca(String ca) {
        assertThat(settings(ca, "WebServer").ca()).isEqualTo(ca);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ca01",
                "\\CA",
                "ca01\\",
                "ca01\\CA\\",
                "ca01\\CA\" -adminforcemachine",
                "-f\\CA",
                "ca01\\CA\n",
                "ca01\\CA "
            })
    void refuses_what_a_command_line_would_break(String ca) {
        assertThatThrownBy(() -> settings(ca, "WebServer"))
                .hasMessageStartingWith("ca: got \"")
                .hasMessageEndingWith(
                        ", wanted host and name of the CA as \"certutil -dump\" prints its Config, such as ca01.contoso.com\\Contoso"
                                + " Issuing CA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Web:Server", "WebServer\\nSAN:dns=evil", "a\"b", " WebServer"})
    void refuses_a_template_that_would_say_more(String template) {
        assertThatThrownBy(() -> settings("ca01\\CA", template))
                .hasMessageEndingWith(", wanted its internal name such as WebServer");
    }

    @Test
    void wants_some_time_between_two_questions() {
        assertThatThrownBy(() -> new CertreqSettings("wsus01", "ca01\\CA", Optional.empty(), List.of(), Duration.ZERO))
                .hasMessage("ask-again: got no time at all, wanted 1s or more");
    }
}
