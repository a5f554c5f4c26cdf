package io.certwright.cli;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;

/** What a word behind {@code check} turned out to be. */
sealed interface CheckTarget {
    /** The word as it was given. */
    String word();

    /** A certificate that can be judged. */
    record Held(String word, IssuedCertificate certificate) implements CheckTarget {}

    /** Nothing that can be judged, and why. */
    record NotHeld(String word, LifecycleException why) implements CheckTarget {}
}
