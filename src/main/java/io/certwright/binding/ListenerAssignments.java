package io.certwright.binding;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** The row that says what a listener serves. Every serving node follows it within a second. */
public interface ListenerAssignments {
    Optional<Assignment> find(String listener) throws LifecycleException;

    /** Stores the assignment in place of the one that stood. Who may do so is settled by {@link HostLocks}. */
    void assign(Assignment assignment) throws LifecycleException;

    /** The listener serves nothing from now on. Harmless if it already does. */
    void clear(String listener) throws LifecycleException;
}
