package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Optional;

/** Port: remembers when the certificates were last looked at, by whichever node. */
public interface Pulses {
    /** A look came to its end. */
    void beat(Instant at) throws LifecycleException;

    /** The last one; empty before the first. */
    Optional<Instant> findLast() throws LifecycleException;
}
