package io.certwright.crypto;

import io.certwright.failure.LifecycleException;
import java.security.KeyPair;
import java.security.PrivateKey;

/** Seals private keys at rest and opens them again: the one named place where a stored private key becomes usable. */
public interface KeySealer {
    /** Under the active master key. */
    SealedKey seal(KeyPair key) throws LifecycleException;

    /** Throws {@code MASTER_KEY_UNKNOWN} where the master key that sealed it is absent, {@code SEALED_KEY_DAMAGED} where it does not fit. */
    PrivateKey open(SealedKey key) throws LifecycleException;

    /** The same key under the active master key, for rotation; unchanged where it is sealed under that already. */
    SealedKey reseal(SealedKey key) throws LifecycleException;
}
