package io.certwright.policy;

import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks say of each certificate of the corpus, to the letter. */
final class CorpusTest {
    private static final Path EXPECTED = Path.of("src/test/resources/policy/corpus.txt");

    static List<Sample> samples() {
        return Corpus.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void says_of_it(Sample sample) throws IOException {
        List<String> got =
                told(sample.certificate(), Expectation.withoutNames().withAnchors(List.of(sample.anchor())), NOW)
                        .stream()
                        .map(line -> line.replaceAll("[0-9A-F]{40}", "<key>"))
                        .toList();

        assertThat(got).isEqualTo(expected().get(sample.name()));
    }

    @Test
    void expects_something_of_every_sample_and_of_nothing_else() throws IOException {
        assertThat(expected().keySet())
                .containsExactlyElementsOf(samples().stream().map(Sample::name).toList());
    }

    private static Map<String, List<String>> expected() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(EXPECTED)) {
            if (line.startsWith("## ")) {
                lines = new ArrayList<>();
                expected.put(line.substring(3), lines);
            } else {
                lines.add(line);
            }
        }
        return expected;
    }
}
