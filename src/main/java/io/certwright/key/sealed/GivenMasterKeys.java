package io.certwright.key.sealed;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.Set;

/**
 * Master keys that people put where they are: in an environment variable, or in the file of each of several nodes. A new one must be
 * everywhere before anything is sealed under it, and that only people can see to.
 *
 * @param where begins the messages, such as "environment variable CERTWRIGHT_MASTER_KEY"
 */
public record GivenMasterKeys(String where, MasterKeyRing ring) implements MasterKeyPlace {
    @Override
    public MasterKeyRing open() {
        return ring;
    }

    @Override
    public MasterKeyRing ringToRotateTo() throws LifecycleException {
        if (ring.keys().size() > 1) {
            return ring;
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "NEW_MASTER_KEY_WANTED",
                where
                        + ": got one master key, wanted a new one before it: make it with \"certwright key new --out FILE\", put its"
                        + " line in front of the old one wherever Certwright runs on this database, restart those, then run"
                        + " \"certwright key rotate\" once");
    }

    @Override
    public boolean drop(Set<String> retired) {
        return ring.keys().stream().skip(1).noneMatch(old -> retired.contains(old.id()));
    }
}
