package io.certwright.key.sealed;

import io.certwright.failure.LifecycleException;
import java.util.Set;

/** Where this process has its master keys from, and what may be changed there. */
public interface MasterKeyPlace {
    MasterKeyRing open() throws LifecycleException;

    /**
     * The ring whose active key everything is to be sealed under: one with a new key in front, or the one that is there, where it
     * already holds a new key before an old one. Throws {@code NEW_MASTER_KEY_WANTED} where only a person can put the new key there.
     */
    MasterKeyRing ringToRotateTo() throws LifecycleException;

    /** Takes replaced master keys away; false where only a person can. */
    boolean drop(Set<String> retired) throws LifecycleException;
}
