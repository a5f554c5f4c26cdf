package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;

/** An issuer whose CA knows us by a key of our own. */
public interface HasAccountKey {
    /** Puts a new key in place of the old one, at the CA too; killed half-way, the next use or call brings it to its end. */
    void changeAccountKey() throws LifecycleException;
}
