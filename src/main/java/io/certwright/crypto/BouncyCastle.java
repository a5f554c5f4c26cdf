package io.certwright.crypto;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The crypto library's provider, named explicitly wherever it is wanted and never registered with the JVM: what the JDK does
 * elsewhere in the process (TLS, databases, mail) stays with the JDK's own providers.
 */
public final class BouncyCastle {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}

    /** Immutable in use and safe for many threads; making a second one would cost some 30 ms. */
    public static Provider provider() {
        return PROVIDER;
    }
}
