package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.DnsName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigMappingTest {
    private final Faults faults = new Faults();

    private ConfigMapping parse(String yaml) {
        SettingsFile file = new SettingsFile(Path.of("/srv/config/c.yml"), Map.of("CITY", "Berlin", "PORT", "8443"));
        return file.parse(yaml, faults).orElseThrow(() -> new AssertionError(faults.toString()));
    }

    private List<String> sentences() {
        return faults.list().stream().map(Fault::toString).toList();
    }

    enum Mode {
        REPORT,
        MANAGE,
        SINGLE_LABEL
    }

    record Listener(String name, int port, Duration idle) {
        Listener {
            if (name.contains(" ")) {
                throw new IllegalArgumentException("listener: got \"" + name + "\", wanted a name without spaces");
            }
        }

        static Optional<Listener> read(ConfigMapping node) {
            String name = node.requiredText("name");
            Optional<Integer> port = node.required("port", node.integer("port", 1, 65535));
            Duration idle = node.duration("idle", Duration.ofSeconds(30));
            return node.build(() -> new Listener(name, port.orElseThrow(), idle));
        }
    }

    @Test
    void reads_each_type() {
        ConfigMapping top = parse("""
                name: WSUS TLS
                number-as-text: 00123
                port: 8531
                hex: 0x10
                octal: 0o17
                on: true
                wait: 1d 12h
                mode: single-label
                allow: [report, manage, report]
                dns: [wsus.contoso.com, WSUS01.contoso.com]
                single: only.contoso.com
                file: ./data/x.cer
                city: in ${env:CITY} $${env:CITY}
                listen: "${env:PORT}"
                """);

        assertThat(top.requiredText("name")).isEqualTo("WSUS TLS");
        assertThat(top.text("number-as-text")).contains("00123");
        assertThat(top.integer("port", 1, 65535)).contains(8531);
        assertThat(top.integer("hex", 1, 65535)).contains(16);
        assertThat(top.integer("octal", 1, 65535)).contains(15);
        assertThat(top.flag("on")).contains(true);
        assertThat(top.duration("wait")).contains(Duration.ofHours(36));
        assertThat(top.choice("mode", Mode.class)).contains(Mode.SINGLE_LABEL);
        assertThat(top.choices("allow", Mode.class)).containsExactly(Mode.REPORT, Mode.MANAGE);
        assertThat(top.values("dns", DnsName::parse))
                .containsExactly(new DnsName("wsus.contoso.com"), new DnsName("wsus01.contoso.com"));
        assertThat(top.texts("single")).containsExactly("only.contoso.com");
        assertThat(top.path("file")).contains(Path.of("/srv/data/x.cer"));
        assertThat(top.text("city")).contains("in Berlin ${env:CITY}");
        assertThat(top.integer("listen", 1, 65535)).contains(8443);
        top.finish();
        assertThat(sentences()).isEmpty();
    }

    @Test
    void takes_a_key_without_a_value_as_absent() {
        ConfigMapping top = parse("a:\nb: ~\nc: null\nd: \"\"\n");

        assertThat(top.text("a")).isEmpty();
        assertThat(top.mapping("b")).isEmpty();
        assertThat(top.texts("c")).isEmpty();
        assertThat(top.text("d")).contains("");
        assertThat(top.has("a")).isFalse();
        assertThat(sentences()).isEmpty();
    }

    @Test
    void gives_the_defaults_of_what_is_absent() {
        ConfigMapping section = parse("other: 1\n").section("service");

        assertThat(section.text("a", "x")).isEqualTo("x");
        assertThat(section.integer("b", 1, 9, 5)).isEqualTo(5);
        assertThat(section.flag("c", true)).isTrue();
        assertThat(section.duration("d", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        assertThat(section.choice("e", Mode.class, Mode.REPORT)).isEqualTo(Mode.REPORT);
        assertThat(section.value("f", DnsName::parse, new DnsName("a.test"))).isEqualTo(new DnsName("a.test"));
        assertThat(section.path("g", "data/x")).isEqualTo(Path.of("/srv/data/x"));
        assertThat(section.build(() -> "built")).contains("built");
        assertThat(sentences()).isEmpty();
    }

    @Test
    void reads_named_mappings_in_the_order_of_the_file_and_nothing_as_an_empty_one() {
        Map<String, ConfigMapping> issuers =
                parse("issuers:\n  lab:\n  corp: { type: adcs }\n").named("issuers");

        assertThat(issuers.keySet()).containsExactly("lab", "corp");
        assertThat(issuers.get("lab").text("type")).isEmpty();
        assertThat(issuers.get("lab").path()).isEqualTo("issuers.lab");
        assertThat(issuers.get("lab").position()).hasToString("/srv/config/c.yml:2:3");
        assertThat(issuers.get("corp").requiredText("type")).isEqualTo("adcs");
        assertThat(sentences()).isEmpty();
    }

    @Test
    void builds_a_record_from_what_was_read() {
        assertThat(Listener.read(parse("name: main\nport: 1\n")))
                .contains(new Listener("main", 1, Duration.ofSeconds(30)));
        assertThat(sentences()).isEmpty();
    }

    @Test
    void reports_all_that_is_wrong_within_a_record_at_once() {
        List<ConfigMapping> nodes = parse("""
                listeners:
                  - prot: 12
                    idle: soon
                  - { name: fine, port: 1 }
                  - { name: a b, port: 1 }
                """).mappings("listeners");

        assertThat(nodes.stream().map(Listener::read))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new Listener("fine", 1, Duration.ofSeconds(30))),
                        Optional.empty());
        assertThat(sentences())
                .containsExactly(
                        "/srv/config/c.yml:2:5: listeners[0].name: is missing, wanted a value",
                        "/srv/config/c.yml:2:5: listeners[0].port: is missing, wanted a value",
                        "/srv/config/c.yml:2:5: listeners[0].prot: unknown key, did you mean \"port\"?",
                        "/srv/config/c.yml:3:11: listeners[0].idle: got \"soon\", wanted a duration such as 30d, 12h, 45m,"
                                + " 90s or 1d 12h",
                        "/srv/config/c.yml:5:5: listeners[2]: listener: got \"a b\", wanted a name without spaces");
    }
}
