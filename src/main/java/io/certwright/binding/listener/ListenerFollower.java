package io.certwright.binding.listener;

import io.certwright.failure.LifecycleException;

/** Whoever serves by the row in this process, if anybody: told at once that the row has changed. */
public interface ListenerFollower {
    /** For a process that serves nothing itself: those that do follow within a second. */
    ListenerFollower NOBODY_HERE = () -> {};

    /** Reads the row and serves what it names. Harmless twice. */
    void refresh() throws LifecycleException;
}
