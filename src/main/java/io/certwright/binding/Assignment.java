package io.certwright.binding;

import io.certwright.certificate.GivenName;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import java.time.Instant;

/**
 * Which stored certificate one of Certwright's own listeners serves, and since when.
 *
 * @param listener the listener's name: {@code main}
 */
public record Assignment(String listener, Sha256Fingerprint certificate, Instant at) {
    public Assignment {
        if (!GivenName.isOne(listener)) {
            throw new IllegalArgumentException(
                    "listener: got name " + Printable.quote(listener)
                            + ", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
        }
    }
}
