package io.certwright.enrollment.builtin;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.DurationText;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the built-in CA issues.
 *
 * @param caKey the kind of key of root and issuing CA; RSA-3072 is taken by every Windows client
 * @param lifetime of server certificates, from the moment of issuing
 * @param issuingLifetime of an issuing CA
 * @param rootLifetime of a root
 * @param prepareAhead how long before it is needed the next issuing CA is made, so that clients have it in time
 * @param revocationListLifetime from one revocation list's thisUpdate to its nextUpdate
 * @param publicUrl where clients find revocation lists and CA certificates; {@code http}, without a slash at its end
 */
public record BuiltinSettings(
        KeySpec caKey,
        Duration lifetime,
        Duration issuingLifetime,
        Duration rootLifetime,
        Duration prepareAhead,
        Duration revocationListLifetime,
        Optional<URI> publicUrl) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST_PREPARATION = Duration.ofDays(90);

    public BuiltinSettings {
        requireAtLeast("lifetime", lifetime, SHORTEST);
        requireAtLeast("crl-lifetime", revocationListLifetime, SHORTEST);
        requireAtLeast("issuing-lifetime", issuingLifetime, lifetime.plus(prepareAhead));
        requireAtLeast("root-lifetime", rootLifetime, issuingLifetime);
        if (prepareAhead.isNegative()) {
            throw new IllegalArgumentException("prepare-ahead: got a negative time, wanted 0s or more");
        }
        publicUrl.ifPresent(BuiltinSettings::requireHttp);
    }

    /** RSA-3072, certificates of a year under an issuing CA of five and a root of twenty, lists of a week, no public URL. */
    public static BuiltinSettings standard() {
        return new BuiltinSettings(
                KeySpec.RSA_3072,
                Duration.ofDays(199),
                Duration.ofDays(1_826),
                Duration.ofDays(7_305),
                LONGEST_PREPARATION,
                Duration.ofDays(7),
                Optional.empty());
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<BuiltinSettings> read(ConfigMapping node) {
        BuiltinSettings standard = standard();
        KeySpec caKey = node.value("ca-key", BuiltinSettings::keySpec).orElse(standard.caKey());
        Duration lifetime = node.duration("lifetime", standard.lifetime());
        Duration issuing = node.duration("issuing-lifetime", standard.issuingLifetime());
        Duration root = node.duration("root-lifetime", standard.rootLifetime());
        Duration ahead = node.duration("prepare-ahead").orElseGet(() -> preparationFor(issuing));
        Duration list = node.duration("crl-lifetime", standard.revocationListLifetime());
        Optional<URI> url = node.value("public-url", BuiltinSettings::url);
        return node.build(() -> new BuiltinSettings(caKey, lifetime, issuing, root, ahead, list, url));
    }

    /** A tenth of the issuing CA's lifetime, 90 days at most. */
    static Duration preparationFor(Duration issuingLifetime) {
        Duration tenth = issuingLifetime.dividedBy(10);
        return tenth.compareTo(LONGEST_PREPARATION) < 0 ? tenth : LONGEST_PREPARATION;
    }

    private static KeySpec keySpec(String text) {
        return Arrays.stream(KeySpec.values())
                .filter(spec -> spec.toString().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("got " + Printable.quote(text) + ", wanted one of "
                        + Arrays.stream(KeySpec.values())
                                .map(spec -> spec.toString().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static URI url(String text) {
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            return requireHttp(URI.create(trimmed));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(text) + ", wanted an http address such as http://pki.contoso.com:8080",
                    malformed);
        }
    }

    /** Not https: fetching a list over https would need that list first (RFC 5280, 8). */
    private static URI requireHttp(URI url) {
        boolean plain = "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getQuery() == null;
        if (!plain || url.toString().endsWith("/")) {
            throw new IllegalArgumentException("public-url: got " + Printable.quote(url.toString())
                    + ", wanted an http address such as http://pki.contoso.com:8080");
        }
        return url;
    }

    private static void requireAtLeast(String what, Duration got, Duration wanted) {
        if (got.compareTo(wanted) < 0) {
            throw new IllegalArgumentException(
                    what + ": got " + DurationText.format(got) + ", wanted at least " + DurationText.format(wanted));
        }
    }
}
