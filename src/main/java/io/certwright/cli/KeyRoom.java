package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.util.List;

/** The master keys, under which every private key is sealed. */
public interface KeyRoom {
    /**
     * What a rotation came to.
     *
     * @param activeId the master key that everything is sealed under now
     * @param resealed how many keys were sealed under another before
     * @param old the ids of those that it replaces
     * @param dropped whether the old ones are gone; false where a person has to take them away
     */
    record Rotated(String activeId, int resealed, List<String> old, boolean dropped) {}

    /** Begins a rotation, or finishes one that was begun. */
    Rotated rotate() throws LifecycleException;

    /** Writes a new master key to a file that is not there yet; returns the key's id. */
    String makeNew(Path file) throws LifecycleException;
}
