package io.certwright.testing;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys for tests, good and bad. {@code shared…} keys are made once a JVM, because large RSA keys are slow to make. */
public final class TestKeys {
    private static final Map<String, KeyPair> SHARED = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The same pair each time for one spec. */
    public static KeyPair shared(KeySpec spec) {
        return SHARED.computeIfAbsent(spec.toString(), name -> fresh(spec));
    }

    public static KeyPair fresh(KeySpec spec) {
        return spec.algorithm() == KeyAlgorithm.RSA ? sized("RSA", spec.bits()) : ec("secp" + spec.bits() + "r1");
    }

    /** RSA of any size; made once a JVM. */
    public static KeyPair sharedRsa(int bits) {
        return SHARED.computeIfAbsent("RSA-" + bits, name -> sized("RSA", bits));
    }

    /** DSA-2048, which no TLS server may have; made once a JVM. */
    public static KeyPair sharedDsa() {
        return SHARED.computeIfAbsent("DSA", name -> sized("DSA", 2048));
    }

    /** A fresh pair on any named curve that Bouncy Castle knows, {@code secp521r1} or {@code brainpoolP256r1}. */
    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", TestProvider.BOUNCY_CASTLE);
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (InvalidAlgorithmParameterException | java.security.NoSuchAlgorithmException wrong) {
            throw new IllegalArgumentException("no such curve: " + curve, wrong);
        }
    }

    private static KeyPair sized(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
