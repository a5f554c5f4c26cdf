package io.certwright.key.sealed;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Keys;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** All master keys that are known, the active one first; seals under that one and opens what any of them sealed. Safe for many threads. */
public final class MasterKeyRing implements KeySealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<MasterKey> keys;
    private final SecureRandom random;

    MasterKeyRing(List<MasterKey> keys, SecureRandom random) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("master key ring: got no key, wanted at least one");
        }
        this.keys = List.copyOf(keys);
        this.random = random;
    }

    /**
     * From the text of a file or of an environment variable: keys apart by whitespace, lines that begin with # passed over.
     * {@code where} begins the messages. Throws {@code MASTER_KEY_DAMAGED}.
     */
    public static MasterKeyRing parse(String where, String text, SecureRandom random) throws LifecycleException {
        List<MasterKey> keys = new ArrayList<>();
        try {
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.trim().split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .forEach(word -> keys.add(MasterKey.parse(word)));
        } catch (IllegalArgumentException damaged) {
            throw damaged(where, damaged.getMessage() == null ? "it does not parse" : damaged.getMessage());
        }
        if (keys.isEmpty()) {
            throw damaged(where, "got no key");
        }
        return new MasterKeyRing(keys, random);
    }

    /** One key that nobody will ever have again: for what is only tried. */
    public static MasterKeyRing fleeting(SecureRandom random) {
        return new MasterKeyRing(List.of(MasterKey.random(random)), random);
    }

    private static LifecycleException damaged(String where, String fault) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "MASTER_KEY_DAMAGED",
                where + " is damaged: " + fault + "; put the backup of it back, nothing can be opened without it");
    }

    /** The id under which new keys are sealed. */
    public String activeId() {
        return keys.get(0).id();
    }

    /** A ring with a new active key in front. */
    MasterKeyRing rotated() {
        List<MasterKey> next = new ArrayList<>(List.of(MasterKey.random(random)));
        next.addAll(keys);
        return new MasterKeyRing(next, random);
    }

    /** The same without those; the active one always stays. */
    MasterKeyRing without(Set<String> ids) {
        List<MasterKey> left = new ArrayList<>(List.of(keys.get(0)));
        keys.stream().skip(1).filter(key -> !ids.contains(key.id())).forEach(left::add);
        return new MasterKeyRing(left, random);
    }

    boolean knows(String id) {
        return keys.stream().anyMatch(key -> key.id().equals(id));
    }

    List<MasterKey> keys() {
        return keys;
    }

    @Override
    public SealedKey seal(KeyPair key) {
        KeySpec spec = Keys.specOf(key.getPublic())
                .orElseThrow(() -> new IllegalArgumentException(
                        "key to seal: got " + Keys.describe(key.getPublic()) + ", wanted a kind that has a KeySpec"));
        return seal(key.getPrivate().getEncoded(), key.getPublic().getEncoded(), spec);
    }

    @Override
    public PrivateKey open(SealedKey key) throws LifecycleException {
        byte[] pkcs8 = pkcs8Of(key);
        try {
            return Keys.privateKey(pkcs8);
        } catch (GeneralSecurityException impossible) {
            throw new LifecycleException(
                    FailureKind.INTERNAL, "SEALED_KEY_DAMAGED", key + ": what it held is no private key", impossible);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    @Override
    public SealedKey reseal(SealedKey key) throws LifecycleException {
        return key.masterKeyId().equals(activeId()) ? key : seal(pkcs8Of(key), key.publicKey(), key.spec());
    }

    /** Wipes {@code pkcs8}. */
    private SealedKey seal(byte[] pkcs8, byte[] publicKey, KeySpec spec) {
        MasterKey active = keys.get(0);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, active, nonce, publicKey).doFinal(pkcs8);
            return new SealedKey(active.id(), nonce, ciphertext, publicKey, spec);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JDK cannot encrypt with AES-256-GCM", absent);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private byte[] pkcs8Of(SealedKey key) throws LifecycleException {
        MasterKey master = masterOf(key);
        try {
            return cipher(Cipher.DECRYPT_MODE, master, key.nonce(), key.publicKey())
                    .doFinal(key.ciphertext());
        } catch (GeneralSecurityException doesNotFit) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "SEALED_KEY_DAMAGED",
                    key + ": it does not open, so it was changed in the database; issue the certificate once more",
                    doesNotFit);
        }
    }

    private MasterKey masterOf(SealedKey key) throws LifecycleException {
        for (MasterKey candidate : keys) {
            if (candidate.id().equals(key.masterKeyId())) {
                return candidate;
            }
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "MASTER_KEY_UNKNOWN",
                "sealed key: got one under master key " + Printable.quote(key.masterKeyId()) + ", wanted one of "
                        + keys.stream().map(MasterKey::id).collect(Collectors.joining(", "))
                        + "; put the right master key back, or its line below the one that is there, for several may stand together");
    }

    private static Cipher cipher(int mode, MasterKey master, byte[] nonce, byte[] publicKey)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        SecretKeySpec secret = master.secret().open(bytes -> new SecretKeySpec(bytes, "AES"));
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(master.id().getBytes(StandardCharsets.US_ASCII));
        cipher.updateAAD(new byte[] {0});
        cipher.updateAAD(publicKey);
        return cipher;
    }

    @Override
    public String toString() {
        return "ring of " + keys.size() + " master keys, active " + activeId();
    }
}
