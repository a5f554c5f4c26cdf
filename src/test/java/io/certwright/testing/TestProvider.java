package io.certwright.testing;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Bouncy Castle for tests, made once a JVM: making it takes longer than a signature, and a third of all tests' time where each made its own. */
public final class TestProvider {
    public static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private TestProvider() {}
}
