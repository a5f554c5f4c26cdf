package io.certwright.app;

import io.certwright.certificate.Printable;
import io.certwright.crypto.KeySealer;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.FollowedMasterKeys;
import io.certwright.key.sealed.GivenMasterKeys;
import io.certwright.key.sealed.MasterKeyFile;
import io.certwright.key.sealed.MasterKeyPlace;
import io.certwright.key.sealed.MasterKeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** Where the master key comes from: the environment where it is set there, else a file of ours in the data folder. */
final class MasterKeys {
    static final String VARIABLE = "CERTWRIGHT_MASTER_KEY";

    private MasterKeys() {}

    static Path file(Path data) {
        return data.resolve("master.key");
    }

    static Optional<String> findExposure(Path data, Map<String, String> environment, SecureRandom random) {
        return environment.containsKey(VARIABLE)
                ? Optional.empty()
                : new MasterKeyFile(file(data), random).findExposure();
    }

    static KeySealer open(
            Path data, Map<String, String> environment, MasterKeyFile.SealedAlready sealed, SecureRandom random)
            throws LifecycleException {
        return environment.containsKey(VARIABLE)
                ? given(environment, random).ring()
                : new FollowedMasterKeys(new MasterKeyFile(file(data), random), sealed);
    }

    /** Where a rotation finds the master keys; other nodes of a shared database have files of their own that it cannot reach. */
    static MasterKeyPlace place(Path data, Map<String, String> environment, boolean shared, SecureRandom random)
            throws LifecycleException {
        if (environment.containsKey(VARIABLE)) {
            return given(environment, random);
        }
        MasterKeyFile file = new MasterKeyFile(file(data), random);
        return shared
                ? new GivenMasterKeys(
                        "master key file " + Printable.quote(file(data).toString()), file.open())
                : file;
    }

    private static GivenMasterKeys given(Map<String, String> environment, SecureRandom random)
            throws LifecycleException {
        String where = "environment variable " + VARIABLE;
        return new GivenMasterKeys(where, MasterKeyRing.parse(where, environment.getOrDefault(VARIABLE, ""), random));
    }
}
