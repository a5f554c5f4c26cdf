package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettingsFuzzTest {
    private static final String GOOD = """
            name: WSUS TLS   # a comment
            port: 8531
            dns: [wsus01.contoso.com, "wsus.contoso.com"]
            password: "${env:PW}"
            thresholds: [45d, 25%]
            on: true
            path: ./data/x
            rules:
              - { mode: manage, wait: 14d }
              - mode: report
                wait: 1d 12h
            hosts:
              wsus01: { mode: report }
              wsus02:
                mode: manage
            """;
    private static final String[] PIECES = {
        "\t",
        "  ",
        "\n",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "&a ",
        "*a",
        "!!int ",
        "? ",
        "| ",
        "> ",
        "# ",
        "%",
        "@",
        "---\n",
        "...\n",
        "~",
        "${env:",
        "${file:/}",
        "}",
        "<<: ",
        "\u0000",
        "\u0085",
        "\ufeff",
        "\ud83d",
        "\ud83d\ude00",
        "\\",
        "0x",
        "9".repeat(40)
    };

    @Test
    void two_thousand_mutated_files_give_settings_or_faults_and_never_anything_else() {
        Random random = new Random(20261122);
        SettingsFile file = new SettingsFile(Path.of("/srv/config/c.yml"), Map.of("PW", "hunter2"));
        int usable = 0;
        for (int i = 0; i < 2_000; i++) {
            String yaml = mutated(random);
            Faults faults = new Faults();
            Optional<SampleSettings> read = file.parse(yaml, faults).flatMap(SampleSettings::read);

            assertThat(read.isPresent() || !faults.isEmpty()).as(yaml).isTrue();
            assertThat(faults.list())
                    .as(yaml)
                    .allMatch(fault -> fault.toString().startsWith("/srv/config/c.yml:"))
                    .allMatch(fault -> !fault.sentence().contains("hunter2")
                            && !fault.sentence().contains("\n"))
                    .allMatch(fault -> fault.at().line() <= yaml.lines().count() + 2);
            usable += read.isPresent() ? 1 : 0;
        }
        assertThat(usable).isBetween(100, 1_500);
    }

    private static String mutated(Random random) {
        List<String> lines = new ArrayList<>(GOOD.lines().toList());
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            int from = random.nextInt(lines.size());
            lines.add(random.nextInt(lines.size()), lines.get(from));
            lines.remove(random.nextInt(lines.size()));
        }
        StringBuilder text = new StringBuilder(String.join("\n", lines)).append('\n');
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(128));
                case 2 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                default -> text.setLength(Math.max(1, at));
            }
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
