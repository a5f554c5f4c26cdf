package io.certwright.lifecycle;

import io.certwright.failure.LifecycleException;

/** All or nothing, across the repositories. */
public interface Transactions {
    /** Runs {@code work} in one transaction; an exception undoes it. Joins a transaction that the caller has open. */
    <T> T inOne(Work<T> work) throws LifecycleException;

    @FunctionalInterface
    interface Work<T> {
        T run() throws LifecycleException;
    }
}
