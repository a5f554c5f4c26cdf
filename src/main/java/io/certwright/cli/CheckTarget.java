package io.certwright.cli;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.util.Optional;

/** What a word behind {@code check} turned out to be. */
sealed interface CheckTarget {
    /** The word as it was given. */
    String word();

    /**
     * A certificate that can be judged.
     *
     * @param wish what the settings promise under this name, where the word is a name of the settings
     */
    record Held(String word, IssuedCertificate certificate, Optional<ManagedCertificate> wish) implements CheckTarget {}

    /** Nothing that can be judged, and why. */
    record NotHeld(String word, LifecycleException why) implements CheckTarget {}
}
