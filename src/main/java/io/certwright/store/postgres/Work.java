package io.certwright.store.postgres;

import io.certwright.failure.LifecycleException;

/** What is done in one transaction: all of it, or, when it throws, nothing of it. */
@FunctionalInterface
public interface Work<T> {
    T run() throws LifecycleException;
}
