package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    private final FakeHouse house = new FakeHouse();

    @Test
    void says_meaning_cause_and_fix() {
        assertThat(Run.of(house, "explain", "-2147012852", "403.7"))
                .isEqualTo(new Run(
                        0,
                        String.join(
                                        System.lineSeparator(),
                                        "0x80072F0C = -2147012852 = 12044  ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED",
                                        "  means  The server asks for a client certificate.",
                                        "  cause  A virtual directory of WSUS is set to accept or require client certificates.",
                                        "  fix    Set client certificates to Ignore on the five virtual directories;"
                                                + " \"certwright wsus check\" names them.",
                                        "403.7  CLIENT_CERTIFICATE_REQUIRED",
                                        "  means  IIS wants a client certificate for this address.",
                                        "  cause  Client certificates are set to Require.",
                                        "  fix    Set them to Ignore on the five virtual directories of WSUS.")
                                + System.lineSeparator(),
                        ""));
    }

    @Test
    void says_the_same_to_scripts() {
        assertThat(Run.of(house, "explain", "12044", "--json").out())
                .isEqualTo("{\"codes\":[{\"code\":\"0x80072F0C\",\"name\":\"ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED\","
                        + "\"signed\":-2147012852,\"unsigned\":2147954444,\"short\":12044,"
                        + "\"meaning\":\"The server asks for a client certificate.\","
                        + "\"cause\":\"A virtual directory of WSUS is set to accept or require client certificates.\","
                        + "\"fix\":\"Set client certificates to Ignore on the five virtual directories;"
                        + " \\\"certwright wsus check\\\" names them.\"}]}" + System.lineSeparator());
    }

    @Test
    void an_unknown_code_is_told_where_to_ask() {
        assertThat(Run.of(house, "explain", "0x80041002"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: explain: \"0x80041002\" is not one of the codes of TLS, WSUS and AD CS that Certwright"
                                + " knows; on a Windows machine \"certutil -error CODE\" or \"net helpmsg NUMBER\" says what it"
                                + " means." + System.lineSeparator()));
    }

    @Test
    void a_word_that_is_no_code_is_told_what_one_looks_like() {
        assertThat(Run.of(house, "explain", "scan\u001b[2J failed").err())
                .isEqualTo(
                        "certwright: explain: \"scan\\u001b[2J failed\" is no error code; give one such as 0x80072F8F,"
                                + " -2147012721, 12175, CERT_E_UNTRUSTEDROOT or 403.4." + System.lineSeparator());
    }
}
