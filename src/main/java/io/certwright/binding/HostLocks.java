package io.certwright.binding;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One change at a time on a host, whichever node makes it. A lock ends by itself with its lease, so a dead holder blocks nobody. */
public interface HostLocks {
    /** Takes the lock; empty where somebody holds it, the same holder included. */
    Optional<HostLock> tryLock(HostName host, String holder, Instant now, Duration lease) throws LifecycleException;

    /** Lengthens the lease to {@code now + lease}; empty where the lock was lost, so that the holder must change nothing more. */
    Optional<HostLock> extend(HostLock lock, Instant now, Duration lease) throws LifecycleException;

    /** Gives the lock back. Harmless where it was lost already. */
    void release(HostLock lock) throws LifecycleException;

    /** Who holds the host at {@code now}. */
    Optional<HostLock> find(HostName host, Instant now) throws LifecycleException;
}
