package io.certwright.windows.simulated;

import io.certwright.certificate.Thumbprint;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A certificate in a store.
 *
 * @param machineKey whether the key lies in the machine's key set; one in a user's cannot be bound
 */
record StoredItem(X509Certificate certificate, String friendlyName, Optional<PrivateKey> key, boolean machineKey) {
    Thumbprint thumbprint() {
        return Thumbprint.of(certificate);
    }

    StoredItem named(String name) {
        return new StoredItem(certificate, name, key, machineKey);
    }

    StoredItem withKey(PrivateKey found) {
        return new StoredItem(certificate, friendlyName, Optional.of(found), true);
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return thumbprint() + (key.isPresent() ? " with a key" : " without a key");
    }
}
