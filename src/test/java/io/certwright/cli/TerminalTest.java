package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static Terminal detect(Map<String, String> environment, Map<String, String> properties, boolean console) {
        return Terminal.detect(environment, name -> properties.getOrDefault(name, ""), console);
    }

    @Test
    void believes_the_launcher_stream_by_stream() {
        Map<String, String> told = Map.of("certwright.terminal", ".2", "certwright.columns", "120");

        assertThat(detect(Map.of(), told, true)).isEqualTo(new Terminal(false, true, true, 120));
        assertThat(detect(Map.of(), Map.of("certwright.terminal", "."), true))
                .isEqualTo(new Terminal(false, false, false, 80));
    }

    @Test
    void asks_the_console_without_a_launcher() {
        assertThat(detect(Map.of("COLUMNS", "100"), Map.of(), true)).isEqualTo(new Terminal(true, true, true, 100));
        assertThat(detect(Map.of(), Map.of(), false)).isEqualTo(Terminal.none());
    }

    @Test
    void has_no_colours_where_they_are_not_welcome() {
        assertThat(detect(Map.of("NO_COLOR", "1"), Map.of(), true).colours()).isFalse();
        assertThat(detect(Map.of("NO_COLOR", ""), Map.of(), true).colours()).isTrue();
        assertThat(detect(Map.of("TERM", "dumb"), Map.of(), true).colours()).isFalse();
    }

    @Test
    void takes_no_nonsense_for_a_width() {
        assertThat(detect(Map.of("COLUMNS", "wide"), Map.of(), false).columns()).isEqualTo(80);
        assertThat(detect(Map.of("COLUMNS", "3"), Map.of(), false).columns()).isEqualTo(20);
        assertThatThrownBy(() -> new Terminal(false, false, false, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A terminal has at least 20 columns, but 0 were given.");
    }
}
