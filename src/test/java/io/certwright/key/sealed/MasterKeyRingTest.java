package io.certwright.key.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MasterKeyRingTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyGenerator KEYS = new KeyGenerator(RANDOM);

    private final MasterKeyRing ring = new MasterKeyRing(List.of(MasterKey.random(RANDOM)), RANDOM);

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_256", "P_384"})
    void opens_what_it_sealed(KeySpec spec) throws Exception {
        KeyPair key = KEYS.generate(spec);
        SealedKey sealed = ring.seal(key);
        assertThat(sealed.spec()).isEqualTo(spec);
        assertThat(sealed.publicKey()).isEqualTo(key.getPublic().getEncoded());
        assertThat(ring.open(sealed).getEncoded()).isEqualTo(key.getPrivate().getEncoded());
    }

    @Test
    void seals_the_same_key_differently_each_time() {
        KeyPair key = KEYS.generate(KeySpec.P_256);
        assertThat(ring.seal(key).ciphertext()).isNotEqualTo(ring.seal(key).ciphertext());
    }

    @Test
    void a_public_half_put_in_place_of_another_is_noticed() {
        SealedKey sealed = ring.seal(KEYS.generate(KeySpec.P_256));
        byte[] other = KEYS.generate(KeySpec.P_256).getPublic().getEncoded();
        SealedKey swapped =
                new SealedKey(sealed.masterKeyId(), sealed.nonce(), sealed.ciphertext(), other, sealed.spec());
        assertDamaged(swapped);
    }

    @Test
    void every_changed_bit_is_noticed() {
        SealedKey sealed = ring.seal(KEYS.generate(KeySpec.P_256));
        for (int i = 0; i < sealed.ciphertext().length; i++) {
            byte[] changed = sealed.ciphertext();
            changed[i] ^= 1;
            assertDamaged(
                    new SealedKey(sealed.masterKeyId(), sealed.nonce(), changed, sealed.publicKey(), sealed.spec()));
        }
    }

    @Test
    void reads_several_keys_from_the_environment_the_first_is_active() throws Exception {
        MasterKey one = MasterKey.random(RANDOM);
        MasterKey two = MasterKey.random(RANDOM);
        String text = "# ours\n" + ascii(one).trim() + " " + ascii(two);
        MasterKeyRing read = MasterKeyRing.parse("the variable", text, RANDOM);
        assertThat(read.activeId()).isEqualTo(one.id());
        assertThat(read).hasToString("ring of 2 master keys, active " + one.id());
    }

    @Test
    void shows_no_secret() {
        MasterKey key = MasterKey.random(RANDOM);
        assertThat(key).hasToString("master key " + key.id());
        SealedKey sealed = ring.seal(KEYS.generate(KeySpec.P_256));
        assertThat(sealed).hasToString("key of kind P-256 sealed under master key " + ring.activeId());
    }

    private void assertDamaged(SealedKey sealed) {
        assertThatThrownBy(() -> ring.open(sealed))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("SEALED_KEY_DAMAGED"))
                .hasMessage(sealed
                        + ": it does not open, so it was changed in the database; issue the certificate once more");
    }

    private static String ascii(MasterKey key) {
        return new String(key.toText(), StandardCharsets.US_ASCII);
    }
}
