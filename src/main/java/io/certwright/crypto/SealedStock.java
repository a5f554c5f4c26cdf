package io.certwright.crypto;

import io.certwright.failure.LifecycleException;
import java.util.Map;

/**
 * Port: private keys that lie sealed in one place. Whoever stores sealed keys offers them so, or a rotation of the master key would
 * leave them behind.
 */
public interface SealedStock {
    /** Seals anew, under {@code activeId}, what lies under any other master key; how many those were. Harmless twice. */
    int reseal(KeySealer sealer, String activeId) throws LifecycleException;

    /** How many keys lie under each master key, by its id. */
    Map<String, Long> countByMasterKey() throws LifecycleException;
}
