package io.certwright.enrollment.acme;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.probe.Endpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How TXT records come into DNS: by updates to the primary server of the zone (RFC 2136), or by a program.
 *
 * @param server the primary server, asked over TCP
 * @param tsig signs the updates (RFC 8945)
 * @param zone the zone of the records; without it the server is asked where the zone begins
 * @param hook a program and its arguments; called with {@code present} or {@code cleanup}, the record's name and its value behind
 * @param settle how long the zone's other servers need to have a change
 */
public record Dns01Settings(
        Optional<Endpoint> server, Optional<Tsig> tsig, Optional<DnsName> zone, List<String> hook, Duration settle) {
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(60);

    public Dns01Settings {
        hook = List.copyOf(hook);
        if (server.isPresent() == !hook.isEmpty()) {
            throw new IllegalArgumentException(
                    "got " + (server.isPresent() ? "both server and hook" : "neither server nor hook")
                            + ", wanted exactly one of them");
        }
        if (server.isEmpty() && (tsig.isPresent() || zone.isPresent())) {
            throw new IllegalArgumentException("got tsig or zone beside a hook, wanted them beside server only");
        }
        if (settle.isNegative() || settle.compareTo(LONGEST_SETTLING) > 0) {
            throw new IllegalArgumentException("settle: got " + settle.toSeconds() + " s, wanted 0s to 60s");
        }
    }

    /**
     * A key shared with the DNS server.
     *
     * @param name as the server calls it
     * @param algorithm {@code hmac-sha256} or another of RFC 8945, without MD5
     * @param key base64
     */
    public record Tsig(String name, String algorithm, SecretText key) {
        private static final Set<String> ALGORITHMS =
                Set.of("hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512");

        public Tsig {
            if (!ALGORITHMS.contains(algorithm.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("algorithm: got " + Printable.quote(algorithm)
                        + ", wanted hmac-sha224, hmac-sha256, hmac-sha384 or hmac-sha512");
            }
            if (!DnsName.isWellFormed(name)) {
                throw new IllegalArgumentException(
                        "name: got " + Printable.quote(name) + ", wanted the key's name as the DNS server has it");
            }
            Arrays.fill(bytesOf(key), (byte) 0);
        }

        /** The key itself, which the caller wipes. */
        byte[] secret() {
            return bytesOf(key);
        }

        private static byte[] bytesOf(SecretText key) {
            return Base64Secret.decode(key, Base64.getDecoder(), "base64, wanted the key as the DNS server has it");
        }

        static Optional<Tsig> read(ConfigMapping node) {
            String name = node.requiredText("name");
            String algorithm = node.text("algorithm", "hmac-sha256");
            Optional<SecretText> key = node.required("key", node.secret("key"));
            return node.build(() -> new Tsig(name, algorithm, key.orElseThrow()));
        }
    }

    static Optional<Dns01Settings> read(ConfigMapping node) {
        Optional<Endpoint> server = node.value("server", Endpoint::parse);
        Optional<Tsig> tsig = node.mapping("tsig").flatMap(Tsig::read);
        Optional<DnsName> zone = node.value("zone", DnsName::parse);
        List<String> hook = node.texts("hook");
        Duration settle = node.duration("settle", Duration.ZERO);
        return node.build(() -> new Dns01Settings(server, tsig, zone, hook, settle));
    }
}
