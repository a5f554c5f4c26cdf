package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyGeneratorTest {
    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void makes_keys_of_every_spec_that_survive_their_encodings(KeySpec spec) throws Exception {
        KeyPair key = SmallCa.KEYS.generate(spec);
        assertThat(Keys.specOf(key.getPublic())).contains(spec);
        assertThat(Keys.describe(key.getPublic())).isEqualTo(spec.toString());
        assertThat(Keys.belongTogether(
                        Keys.privateKey(key.getPrivate().getEncoded()),
                        Keys.publicKey(key.getPublic().getEncoded())))
                .isTrue();
    }

    @Test
    void keys_of_two_pairs_do_not_belong_together() {
        KeyPair one = SmallCa.KEYS.generate(KeySpec.P_256);
        KeyPair other = SmallCa.KEYS.generate(KeySpec.P_256);
        assertThat(Keys.belongTogether(one.getPrivate(), other.getPublic())).isFalse();
        assertThat(Keys.belongTogether(
                        one.getPrivate(), SmallCa.KEYS.generate(KeySpec.P_384).getPublic()))
                .isFalse();
    }
}
