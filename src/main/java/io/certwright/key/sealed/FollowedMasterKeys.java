package io.certwright.key.sealed;

import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import java.security.KeyPair;
import java.security.PrivateKey;

/**
 * The master keys of a file as they are now: a service that runs on while another process rotates them seals under the new one from
 * the next key on, and opens what was sealed anew. Safe for many threads.
 */
public final class FollowedMasterKeys implements KeySealer {
    private final MasterKeyFile file;
    private volatile Known known;

    private record Known(MasterKeyRing ring, String stamp) {}

    /** Throws as {@link MasterKeyFile#ensure}. */
    public FollowedMasterKeys(MasterKeyFile file, MasterKeyFile.SealedAlready sealed) throws LifecycleException {
        this.file = file;
        String stamp = file.stamp();
        this.known = new Known(file.ensure(sealed), stamp);
    }

    @Override
    public SealedKey seal(KeyPair key) throws LifecycleException {
        return present().seal(key);
    }

    /** What is in memory opens on, even where the file has been taken away. */
    @Override
    public PrivateKey open(SealedKey key) throws LifecycleException {
        return known.ring().knows(key.masterKeyId())
                ? known.ring().open(key)
                : present().open(key);
    }

    @Override
    public SealedKey reseal(SealedKey key) throws LifecycleException {
        return present().reseal(key);
    }

    /** The stamp is taken before the file is read: changed in between, it is read once more the next time. */
    private MasterKeyRing present() throws LifecycleException {
        String stamp = file.stamp();
        if (!stamp.equals(known.stamp())) {
            known = new Known(file.open(), stamp);
        }
        return known.ring();
    }
}
