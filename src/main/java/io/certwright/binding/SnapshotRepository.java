package io.certwright.binding;

import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.UUID;

/** Keeps the snapshots of renewals. The first snapshot of a binding in a renewal stands: a later one would remember the change. */
public interface SnapshotRepository {
    /** Stores the snapshot unless its renewal has one of this binding already, and returns the one that stands. */
    BindingSnapshot saveIfAbsent(BindingSnapshot snapshot) throws LifecycleException;

    /** Forgets the snapshots of a renewal that has changed nothing, so that they are taken anew when it does. */
    void forget(UUID renewal) throws LifecycleException;

    /** The snapshots of a renewal, by binding name. */
    List<BindingSnapshot> list(UUID renewal) throws LifecycleException;
}
