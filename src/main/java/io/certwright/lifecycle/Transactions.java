package io.certwright.lifecycle;

import io.certwright.failure.LifecycleException;

/**
 * Port: all or nothing, across the repositories, whose calls by the same thread belong to it. Where the commit itself fails, whether it is
 * stored is unknown, and the failure says so. No place for calls to a CA or a host: rows stay locked meanwhile.
 */
public interface Transactions {
    /** Runs {@code work} in one transaction; an exception undoes it. Joins a transaction that the caller has open. */
    <T> T inOne(Work<T> work) throws LifecycleException;

    @FunctionalInterface
    interface Work<T> {
        T run() throws LifecycleException;
    }
}
