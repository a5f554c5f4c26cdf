package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskedRenderingTest {
    private static final SettingsFile FILE =
            new SettingsFile(Path.of("c.yml"), Map.of("PW", "hunter2", "DB", "jdbc:x?password=hunter2"));

    private static ConfigMapping parse(String yaml) {
        Faults faults = new Faults();
        ConfigMapping top = FILE.parse(yaml, faults).orElseThrow(() -> new AssertionError(faults + "\n" + yaml));
        assertThat(faults.list()).isEmpty();
        return top;
    }

    @Test
    void shows_what_is_in_effect_with_every_secret_masked() {
        ConfigMapping top = parse("""
                name: "WSUS: TLS"
                dns: [a.test, b.test]
                password: ${env:PW}
                port: 0x10
                thresholds: [25%, 30d]
                rules:
                  - { mode: manage }
                database: { url: "${env:DB}", other: "https://u:hunter2@h/", admin-password: hunter2, tokens: [hunter2] }
                hosts: { key: { secret: [hunter2, { a: 007 }] }, empty: }
                path: /srv/x
                on: True
                """);
        SampleSettings.read(top);

        assertThat(MaskedRendering.yaml(top)).isEqualTo("""
                name: "WSUS: TLS"
                dns:
                  - a.test
                  - b.test
                password: "***"
                port: "0x10"
                thresholds:
                  - 25%
                  - 30d
                rules:
                  -
                    mode: manage
                    wait: 14d
                database:
                  url: "${env:DB}"
                  other: "https://u:***@h/"
                  admin-password: "***"
                  tokens:
                    - "***"
                hosts:
                  key:
                    secret:
                      - "***"
                      -
                        a: "007"
                    mode: report
                    wait: 14d
                  empty:
                    mode: report
                    wait: 14d
                path: /srv/x
                on: true
                service:
                  listen: "127.0.0.1:8443"
                """);
    }

    @Test
    void reads_again_as_what_it_was_whatever_the_texts_are() {
        Random random = new Random(20261122);
        for (int i = 0; i < 500; i++) {
            Map<String, Object> tree =
                    Map.of("k" + i, randomText(random), "list", java.util.List.of(randomText(random), "x"));

            assertThat(MaskedRendering.tree(parse(YamlText.of(tree)))).isEqualTo(tree);
        }
    }

    private static String randomText(Random random) {
        String signs = "aB1 -:#'\"\\{}[],&*!|>%@`?~.$\t\n\r\u00fc\u202e\u0000\ufeff\u2028\ud83d\ude00e0x";
        StringBuilder text = new StringBuilder("~");
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int at = signs.offsetByCodePoints(0, random.nextInt(signs.codePointCount(0, signs.length())));
            text.appendCodePoint(signs.codePointAt(at));
        }
        return random.nextBoolean() || text.length() == 1 ? text.toString() : text.substring(1);
    }
}
