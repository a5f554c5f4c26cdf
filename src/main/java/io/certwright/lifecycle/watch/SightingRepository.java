package io.certwright.lifecycle.watch;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** Port: remembers what each target was last seen to show, so that one that cannot be read now still counts. */
public interface SightingRepository {
    Optional<Sighting> find(String subject) throws LifecycleException;

    /** In place of what was known before. */
    void record(Sighting sighting) throws LifecycleException;
}
