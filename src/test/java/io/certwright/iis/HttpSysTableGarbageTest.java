package io.certwright.iis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server prints: a table, or one sentence. */
class HttpSysTableGarbageTest {
    private static final int ROUNDS = 20_000;

    private static final String TEXT = """

            SSL Certificate bindings:
            -------------------------

                IP:port                      : 0.0.0.0:8531
                Certificate Hash             : d0013e91aab93f437a4443b13e6d18bd60f0279c
                Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
                Certificate Store Name       : My

                Hostname:port                : wsus.contoso.com:443
                Certificate Hash             : d0013e91aab93f437a4443b13e6d18bd60f0279c
                Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
                Certificate Store Name       : (null)
            """;

    private static final String JSON = """
            {"SslCertificateBindings":[{"IpPort":"[::]:8531","AppId":"4dc3e181-e14b-4a21-b022-59fc669b0914",
             "SslHash":[208,1,62,145,170,185,63,67,122,68,67,177,62,109,24,189,96,240,39,156],"SslCertStoreName":"My"}],"status":0}
            """;

    @ParameterizedTest
    @ValueSource(strings = {TEXT, JSON})
    void mutated_output_ends_in_a_table_or_in_a_sentence(String seed) {
        Random random = new Random(20_261_122);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String printed = mutated(seed, random);
            try {
                assertThat(HttpSysTable.parse(printed).entries()).doesNotContainNull();
            } catch (IllegalArgumentException sentence) {
                assertThat(sentence.getMessage())
                        .as(printed)
                        .doesNotContain("\n")
                        .hasSizeBetween(20, 700);
                refused++;
            }
        }
        assertThat(refused).isBetween(1, ROUNDS - 1);
    }

    private static String mutated(String seed, Random random) {
        byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void deep_and_long_output_is_refused_or_read_in_moments() {
        String deep = "{\"a\":".repeat(50_000);
        String wide = "    x : y\n".repeat(200_000);

        assertThat(refusal(deep)).startsWith("http.sys table: got JSON that ends or breaks at ");
        assertThat(HttpSysTable.parse(wide).entries()).isEmpty();
        assertThat(HttpSysTable.parse(" ".repeat(1_000_000)).entries()).isEmpty();
        assertThat(HttpSysTable.parse("x" + " ".repeat(100_000) + "y").entries())
                .isEmpty();
    }

    private static String refusal(String printed) {
        try {
            return HttpSysTable.parse(printed).toString();
        } catch (IllegalArgumentException sentence) {
            return String.valueOf(sentence.getMessage());
        }
    }
}
