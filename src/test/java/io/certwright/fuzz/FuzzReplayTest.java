package io.certwright.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that fuzzing once found interesting, or broke something with, run again. */
class FuzzReplayTest {
    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void takes_every_input_of_the_corpus(FuzzTarget target) throws Exception {
        List<byte[]> inputs = FuzzCorpus.inputs(target);

        assertThat(inputs).hasSizeGreaterThan(target.seeds().size());
        for (byte[] input : inputs) {
            assertThatCode(() -> target.run(input))
                    .as(() -> target + ": " + HexFormat.of().formatHex(input, 0, Math.min(200, input.length)))
                    .doesNotThrowAnyException();
        }
    }
}
