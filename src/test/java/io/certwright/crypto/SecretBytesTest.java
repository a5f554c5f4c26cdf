package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    @Test
    void shows_its_length_and_nothing_else() {
        assertThat(SecretBytes.ofText("hunter2")).hasToString("*** (7 bytes)");
    }

    @Test
    void equals_a_secret_of_the_same_bytes() {
        assertThat(SecretBytes.ofText("geheim"))
                .isEqualTo(SecretBytes.of("geheim".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(SecretBytes.ofText("geheiM"));
    }

    @Test
    void keeps_text_beyond_ascii() {
        assertThat(SecretBytes.ofText("Schlüssel€\uD83D\uDD11").toChars())
                .containsExactly("Schlüssel€\uD83D\uDD11".toCharArray());
    }

    @Test
    void wipes_what_it_lent() {
        AtomicReference<byte[]> lent = new AtomicReference<>();
        SecretBytes.ofText("geheim").open(bytes -> {
            lent.set(bytes);
            return bytes.length;
        });
        assertThat(lent.get()).containsOnly(0);
    }

    @Test
    void is_of_no_use_once_closed() {
        SecretBytes secret = SecretBytes.ofText("geheim");
        secret.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> secret.open(bytes -> bytes.length))
                .withMessage("secret of 6 bytes: it is wiped already");
    }
}
