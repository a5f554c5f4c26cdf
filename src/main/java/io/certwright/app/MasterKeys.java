package io.certwright.app;

import io.certwright.crypto.KeySealer;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.MasterKeyFile;
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
        String given = environment.get(VARIABLE);
        return given == null
                ? new MasterKeyFile(file(data), random).ensure(sealed)
                : MasterKeyRing.parse("environment variable " + VARIABLE, given, random);
    }
}
