package io.certwright.enrollment.selfsigned;

import io.certwright.config.ConfigMapping;
import io.certwright.config.DurationText;
import java.time.Duration;
import java.util.Optional;

/** How long a self-signed certificate lives, from the moment of signing. */
public record SelfSignedSettings(Duration lifetime) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    public SelfSignedSettings {
        if (lifetime.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("lifetime: got " + DurationText.format(lifetime) + ", wanted at least "
                    + DurationText.format(SHORTEST));
        }
    }

    /** A year. */
    public static SelfSignedSettings standard() {
        return new SelfSignedSettings(Duration.ofDays(199));
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<SelfSignedSettings> read(ConfigMapping node) {
        Duration lifetime = node.duration("lifetime", standard().lifetime());
        return node.build(() -> new SelfSignedSettings(lifetime));
    }
}
