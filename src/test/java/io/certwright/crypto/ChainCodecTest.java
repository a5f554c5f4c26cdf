package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateChain;
import io.certwright.testing.TestCa;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ChainCodecTest {
    private final CertificateChain chain = TestCa.root("CN=Root", Instant.parse("2026-03-02T10:00:00Z"))
            .intermediate("CN=Issuing")
            .leaf("wsus01.contoso.com")
            .issue()
            .chain();

    @Test
    void reads_back_what_it_wrote_leaf_first() {
        assertThat(ChainCodec.decode(ChainCodec.encode(chain)).certificates()).isEqualTo(chain.certificates());
    }

    @Test
    void refuses_what_is_cut_short() {
        byte[] encoded = ChainCodec.encode(chain);
        assertThatThrownBy(() -> ChainCodec.decode(Arrays.copyOf(encoded, encoded.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stored chain: it does not parse");
    }
}
