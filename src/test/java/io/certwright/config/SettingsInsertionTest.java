package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsInsertionTest {
    private static final List<String> ENTRY = List.of("new:", "  dns: [a.b]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuers:;  lab: {};certificates:;  old: {} | issuers:;  lab: {};certificates:;  new:;    dns: [a.b];  old: {};",
                "certificates: # ours;# why;;    old: {} | certificates: # ours;    new:;      dns: [a.b];# why;;    old: {};",
                "certificates:;watch: [] | certificates:;  new:;    dns: [a.b];watch: [];",
                "certificates: {} | certificates:;  new:;    dns: [a.b];",
                "issuers: {} | issuers: {};;certificates:;  new:;    dns: [a.b];",
                "x:;  certificates:;    a: b | x:;  certificates:;    a: b;;certificates:;  new:;    dns: [a.b];",
            })
    void puts_the_entry_at_the_head_and_keeps_every_other_line(String before, String after) {
        String text = before.replace(';', '\n');

        assertThat(new SettingsInsertion(text).into("certificates", ENTRY)).contains(after.replace(';', '\n'));
    }

    @Test
    void leaves_a_section_on_one_line_to_people() {
        assertThat(new SettingsInsertion("certificates: { old: {} }\n").into("certificates", ENTRY))
                .isEmpty();
    }
}
