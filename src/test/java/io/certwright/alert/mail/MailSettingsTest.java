package io.certwright.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code alerts.mail.smtp} is read. */
final class MailSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "smtp://mail.contoso.com:587?starttls=required, mail.contoso.com, 587, STARTTLS",
        "smtp://mail.contoso.com, mail.contoso.com, 587, STARTTLS",
        "smtp://mail.contoso.com:25?starttls=optional, mail.contoso.com, 25, STARTTLS_IF_OFFERED",
        "smtp://127.0.0.1:2525/?starttls=off, 127.0.0.1, 2525, NONE",
        "smtps://mail.contoso.com, mail.contoso.com, 465, IMPLICIT_TLS"
    })
    void reads_a_mail_server(String url, String host, int port, MailServer.Protection protection) {
        assertThat(MailServer.parse(url)).isEqualTo(new MailServer(host, port, protection));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mail.contoso.com",
                "http://mail.contoso.com",
                "smtp://",
                "smtp://mail.contoso.com:99999",
                "smtp://mail.contoso.com/path",
                "smtp://mail.contoso.com?starttls=maybe",
                "smtps://mail.contoso.com?starttls=off",
                "smtp://mail contoso.com"
            })
    void refuses_what_is_no_mail_server(String url) {
        assertThatThrownBy(() -> MailServer.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mail server: got \"" + url + "\", wanted smtp://HOST:PORT (with ?starttls=optional or"
                        + " ?starttls=off if need be) or smtps://HOST:PORT");
    }

    @Test
    void shows_no_password_that_stands_in_the_address() {
        assertThatThrownBy(() -> MailServer.parse("smtp://pki:hunter2@mail.contoso.com"))
                .hasMessageStartingWith("mail server: got an address with an @ in it, wanted smtp://HOST:PORT");
    }
}
