package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleSettingsTest {
    private static final Path EXAMPLE = Path.of("config/certwright.example.yml");

    @Test
    void the_annotated_example_has_the_form_of_settings() {
        Faults faults = new Faults();

        ConfigMapping top = new SettingsFile(EXAMPLE, Map.of()).read(faults).orElseThrow();

        assertThat(faults.list()).isEmpty();
        assertThat(top.named("certificates").get("wsus01").mappings("bind")).hasSize(3);
        assertThat(top.named("issuers").keySet())
                .containsExactly(
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
        assertThat(faults.list()).isEmpty();
    }
}
