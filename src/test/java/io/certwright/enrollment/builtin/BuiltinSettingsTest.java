package io.certwright.enrollment.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinSettingsTest {
    private final Faults faults = new Faults();

    @Test
    void an_empty_section_gives_the_standard() {
        assertThat(read("{}")).contains(BuiltinSettings.standard());
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void reads_every_key() {
        assertThat(read("""
                ca-key: p-256
                lifetime: 12h
                issuing-lifetime: 10d
                root-lifetime: 100d
                crl-lifetime: 1d
                public-url: "http://pki.contoso.com:8080/"
                """))
                .contains(new BuiltinSettings(
                        KeySpec.P_256,
                        Duration.ofHours(12),
                        Duration.ofDays(10),
                        Duration.ofDays(100),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Optional.of(URI.create("http://pki.contoso.com:8080"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ca-key: rsa-1024 | got \"rsa-1024\", wanted one of rsa-2048, rsa-3072, rsa-4096, p-256, p-384",
                "lifetime: 1s | lifetime: got 1s, wanted at least 2s",
                "issuing-lifetime: 200d | issuing-lifetime: got 200d, wanted at least 219d",
                "root-lifetime: 30d | root-lifetime: got 30d, wanted at least 1826d",
                "public-url: ftp://pki.test | got \"ftp://pki.test\", wanted an http address such as http://pki.contoso.com:8080",
                "public-url: https://pki.test | got \"https://pki.test\", wanted an http address such as http://pki.contoso.com:8080",
                "life-time: 30d | unknown key"
            })
    void says_what_is_wrong(String yaml, String sentence) {
        assertThat(read(yaml)).isEmpty();
        assertThat(faults.list()).hasSize(1);
        assertThat(faults.list().get(0).toString()).contains(sentence);
    }

    private Optional<BuiltinSettings> read(String yaml) {
        return new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                .parse(yaml, faults)
                .flatMap(BuiltinSettings::read);
    }
}
