package io.certwright.crypto;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A private key at rest: AES-256-GCM under a master key, bound to the master key's id and to its own public half, so that
 * neither can be swapped unnoticed. May be stored and shown; only a {@link KeySealer} opens it.
 *
 * @param masterKeyId which master key sealed it, so that the master key can be rotated
 * @param nonce 12 random bytes, new for each sealing
 * @param ciphertext PKCS#8 in DER, encrypted, with the 16-byte tag at its end
 * @param publicKey SubjectPublicKeyInfo in DER
 * @param spec which kind of key it is
 */
public record SealedKey(String masterKeyId, byte[] nonce, byte[] ciphertext, byte[] publicKey, KeySpec spec) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public SealedKey {
        if (!ID.matcher(masterKeyId).matches()) {
            throw new IllegalArgumentException("sealed key: got master key id " + Printable.quote(masterKeyId)
                    + ", wanted 1 to 64 letters, digits, hyphens or underscores");
        }
        if (nonce.length != 12) {
            throw new IllegalArgumentException("sealed key: got a nonce of " + nonce.length + " bytes, wanted 12");
        }
        nonce = nonce.clone();
        ciphertext = ciphertext.clone();
        publicKey = publicKey.clone();
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedKey that
                && masterKeyId.equals(that.masterKeyId)
                && Arrays.equals(nonce, that.nonce)
                && Arrays.equals(ciphertext, that.ciphertext)
                && Arrays.equals(publicKey, that.publicKey)
                && spec == that.spec;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ciphertext);
    }

    @Override
    public String toString() {
        return "key of kind " + spec + " sealed under master key " + masterKeyId;
    }
}
