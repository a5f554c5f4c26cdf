package io.certwright.crypto;

import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Set;

/** Port: which master keys were replaced, seen by every process and node that seals. */
public interface MasterKeyLedger {
    /** Work that may fail. */
    interface Work<T> {
        T run() throws LifecycleException;
    }

    /** One at a time among all processes, in one transaction: all of it or nothing. */
    <T> T exclusively(Work<T> work) throws LifecycleException;

    /** From now on nothing is sealed under it. To be called within {@link #exclusively}, when nothing lies under it any more. */
    void retire(String masterKeyId, Instant at) throws LifecycleException;

    Set<String> retired() throws LifecycleException;
}
