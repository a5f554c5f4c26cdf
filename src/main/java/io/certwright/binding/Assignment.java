package io.certwright.binding;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Which stored certificate one of Certwright's own listeners serves, and since when.
 *
 * @param listener the listener's name: {@code main}
 */
public record Assignment(String listener, Sha256Fingerprint certificate, Instant at) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public Assignment {
        if (!SHAPE.matcher(listener).matches()) {
            throw new IllegalArgumentException(
                    "listener: got name " + Printable.quote(listener)
                            + ", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
        }
    }
}
