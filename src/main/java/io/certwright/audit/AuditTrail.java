package io.certwright.audit;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** Port: the entries, in one order for all processes. Nothing in it is ever changed or removed. */
public interface AuditTrail {
    /** Appends what this process's actor did, in the transaction that is open, so that act and entry stand or fall together. */
    void record(AuditAct act, String subject, String details) throws LifecycleException;

    /** The newest first, at most {@code limit}. */
    List<AuditEntry> listNewest(int limit) throws LifecycleException;

    /** In their order, those with a number above {@code number}, at most {@code limit}. */
    List<AuditEntry> listAfter(long number, int limit) throws LifecycleException;
}
