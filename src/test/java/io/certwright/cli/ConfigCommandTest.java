package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.Position;
import io.certwright.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private static final String NL = System.lineSeparator();
    private static final Path FILE = Path.of("certwright.yml");
    private static final SettingsReport FAULTY = new SettingsReport(
            FILE,
            List.of(
                    new Fault(new Position("certwright.yml", 3, 5), "issuer: got \"lap\", wanted a configured one"),
                    new Fault(Position.ofWhole("certwright.yml"), "certificates: is missing")),
            "",
            Map.of());

    private static SettingsReport sound(Path folder) throws IOException {
        Path file = folder.resolve("certwright.yml");
        Files.writeString(
                file, "alerts:\n  to: [pki@contoso.com]\n  mail: { port: 25, password: hunter2, tls: true }\n");
        Faults faults = new Faults();
        return SettingsReport.of(FILE, new SettingsFile(file, Map.of()).read(faults), faults);
    }

    @Test
    void says_that_nothing_is_wrong(@TempDir Path folder) throws IOException {
        FakeHouse house = new FakeHouse(sound(folder));

        assertThat(Run.of(house, "config", "check")).isEqualTo(new Run(0, "certwright.yml: no faults" + NL, ""));
        assertThat(Run.of(house, "config", "check", "--json").out())
                .isEqualTo("{\"file\":\"certwright.yml\",\"faults\":[]}" + NL);
    }

    @Test
    void names_every_fault_with_its_place() {
        FakeHouse house = new FakeHouse(FAULTY);

        assertThat(Run.of(house, "config", "check"))
                .isEqualTo(new Run(
                        2,
                        "certwright.yml:3:5: issuer: got \"lap\", wanted a configured one" + NL
                                + "certwright.yml: certificates: is missing" + NL + "certwright.yml: 2 faults" + NL,
                        ""));
        assertThat(Run.of(house, "config", "check", "--json"))
                .isEqualTo(new Run(
                        2,
                        "{\"file\":\"certwright.yml\",\"faults\":[{\"file\":\"certwright.yml\",\"line\":3,\"column\":5,"
                                + "\"message\":\"issuer: got \\\"lap\\\", wanted a configured one\"},"
                                + "{\"file\":\"certwright.yml\",\"line\":0,\"column\":0,"
                                + "\"message\":\"certificates: is missing\"}]}" + NL,
                        ""));
    }

    @Test
    void shows_what_is_in_effect_with_secrets_masked(@TempDir Path folder) throws IOException {
        FakeHouse house = new FakeHouse(sound(folder));

        assertThat(Run.of(house, "config", "show").out())
                .contains("pki@contoso.com", "***")
                .doesNotContain("hunter2");
        assertThat(Run.of(house, "config", "show", "--json").out())
                .isEqualTo("{\"file\":\"certwright.yml\",\"settings\":{\"alerts\":{\"to\":[\"pki@contoso.com\"],"
                        + "\"mail\":{\"port\":25,\"password\":\"***\",\"tls\":true}}}}" + NL);
    }

    @Test
    void starts_nothing_with_faulty_settings() {
        assertThat(Run.of(new FakeHouse(FAULTY), "config", "show"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: nothing was started, because the settings in certwright.yml are wrong:\n"
                                + "  certwright.yml:3:5: issuer: got \"lap\", wanted a configured one\n"
                                + "  certwright.yml: certificates: is missing" + NL));
        assertThat(Run.of(new FakeHouse(FAULTY), "config", "show", "--json").out())
                .startsWith("{\"error\":{\"exit\":2,\"code\":\"FAULTY_SETTINGS\",\"message\":\"nothing was started,");
    }
}
