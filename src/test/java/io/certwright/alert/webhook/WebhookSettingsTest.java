package io.certwright.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code alerts.webhook:} of the settings. */
final class WebhookSettingsTest {
    private static final String SECRET = "a secret of some thirty characters";
    private final Faults faults = new Faults();

    @Test
    void is_nothing_while_it_is_absent() {
        assertThat(read("alerts: { to: a@contoso.com }")).isEmpty();
        assertThat(faults.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.contoso.com/x?y=z", "http://127.0.0.1:9000/", "http://localhost/x"})
    void takes_an_address_where_nobody_else_can_read(String url) {
        WebhookSettings settings = read("alerts: { webhook: { url: '" + url + "', secret: '" + SECRET + "' } }")
                .orElseThrow();

        assertThat(settings.url()).isEqualTo(URI.create(url));
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.contoso.com/x",
                "http://127.0.0.1.example.com/",
                "http://localhost.example.com/",
                "https://me:hunter2@hooks.contoso.com/",
                "https://hooks.contoso.com/#x",
                "ftp://hooks.contoso.com/",
                "hooks.contoso.com"
            })
    void refuses_another_address_without_showing_it(String url) {
        assertThat(read("alerts: { webhook: { url: '" + url + "', secret: '" + SECRET + "' } }"))
                .isEmpty();

        assertThat(faults.list()).hasSize(1);
        assertThat(faults.list().get(0).toString())
                .contains("alerts.webhook.url: ")
                .contains("got another kind of URL, wanted https://HOST/PATH (or http:// to this machine)")
                .doesNotContain("hunter2");
    }

    @Test
    void wants_a_secret_that_nobody_guesses() {
        assertThat(read("alerts: { webhook: { url: 'https://h.contoso.com/', secret: 'hunter2' } }"))
                .isEmpty();

        assertThat(faults.list().stream().map(Fault::toString))
                .containsExactly("c.yml:1:11: alerts.webhook: secret: got 7 characters, wanted at least 24, for example"
                        + " from \"openssl rand -base64 32\"");
    }

    @Test
    void wants_both() {
        assertThat(read("alerts: { webhook: {} }")).isEmpty();

        assertThat(faults.list().stream().map(Fault::toString))
                .containsExactly(
                        "c.yml:1:11: alerts.webhook.url: is missing, wanted a value",
                        "c.yml:1:11: alerts.webhook.secret: is missing, wanted a value");
    }

    private Optional<WebhookSettings> read(String yaml) {
        return WebhookSettings.read(new SettingsFile(Path.of("c.yml"), Map.of())
                .parse(yaml, faults)
                .orElseThrow()
                .section("alerts"));
    }
}
