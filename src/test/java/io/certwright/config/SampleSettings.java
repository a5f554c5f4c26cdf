package io.certwright.config;

import io.certwright.certificate.DnsName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that need each kind of value, read as a room reads its own. */
record SampleSettings(
        String name,
        int port,
        List<DnsName> dns,
        Optional<SecretText> password,
        List<DurationOrShare> thresholds,
        List<Optional<Rule>> rules) {

    enum Mode {
        REPORT,
        MANAGE
    }

    record Rule(Mode mode, Duration patience) {
        static Optional<Rule> read(ConfigMapping node) {
            Mode mode = node.choice("mode", Mode.class, Mode.REPORT);
            Duration wait = node.duration("wait", Duration.ofDays(14));
            return node.build(() -> new Rule(mode, wait));
        }
    }

    static Optional<SampleSettings> read(ConfigMapping top) {
        String name = top.requiredText("name");
        int port = top.integer("port", 1, 65535, 8443);
        List<DnsName> dns = top.values("dns", DnsName::parse);
        Optional<SecretText> password = top.secret("password");
        List<DurationOrShare> thresholds = top.values("thresholds", DurationOrShare::parse);
        boolean ignored = top.flag("on", false);
        Optional<Path> path = top.path("path");
        List<Optional<Rule>> rules =
                top.mappings("rules").stream().map(Rule::read).toList();
        Map<String, ConfigMapping> hosts = top.named("hosts");
        hosts.values().forEach(Rule::read);
        top.section("service").text("listen", "127.0.0.1:8443");
        return top.build(() -> new SampleSettings(
                ignored && path.isPresent() ? name + path.get() : name, port, dns, password, thresholds, rules));
    }
}
