package io.certwright.binding;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rows of listeners in memory; can be made unreachable. */
public final class MemoryAssignments implements ListenerAssignments {
    private final Map<String, Assignment> rows = new ConcurrentHashMap<>();
    private volatile boolean unreachable;

    public void setUnreachable(boolean gone) {
        unreachable = gone;
    }

    @Override
    public Optional<Assignment> find(String listener) throws LifecycleException {
        requireReachable();
        return Optional.ofNullable(rows.get(listener));
    }

    @Override
    public void assign(Assignment assignment) throws LifecycleException {
        requireReachable();
        rows.put(assignment.listener(), assignment);
    }

    @Override
    public void clear(String listener) throws LifecycleException {
        requireReachable();
        rows.remove(listener);
    }

    private void requireReachable() throws LifecycleException {
        if (unreachable) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "DATABASE_UNREACHABLE", "database: it does not answer");
        }
    }
}
