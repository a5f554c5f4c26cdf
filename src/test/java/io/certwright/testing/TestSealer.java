package io.certwright.testing;

import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Keys;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals under one master key that lives as long as the test. */
public final class TestSealer implements KeySealer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey master = new SecretKeySpec(randomBytes(32), "AES");

    @Override
    public SealedKey seal(KeyPair key) {
        byte[] nonce = randomBytes(12);
        try {
            return new SealedKey(
                    "test",
                    nonce,
                    cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(key.getPrivate().getEncoded()),
                    key.getPublic().getEncoded(),
                    Keys.specOf(key.getPublic()).orElseThrow());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public PrivateKey open(SealedKey key) throws LifecycleException {
        try {
            return Keys.privateKey(cipher(Cipher.DECRYPT_MODE, key.nonce()).doFinal(key.ciphertext()));
        } catch (GeneralSecurityException damaged) {
            throw new LifecycleException(
                    FailureKind.INTERNAL, "SEALED_KEY_DAMAGED", "sealed key: it does not open", damaged);
        }
    }

    @Override
    public SealedKey reseal(SealedKey key) {
        return key;
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, master, new GCMParameterSpec(128, nonce));
        return cipher;
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
