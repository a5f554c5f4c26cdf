package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void makes_columns_as_wide_as_their_widest_cell_and_numbers_to_the_right() {
        Table table = Table.of("NAME", "DAYS LEFT", "STAGE")
                .row("wsus01", 52, "VERIFIED")
                .row("a-longer-name", 7, "BOUND");

        assertThat(table.lines(false))
                .containsExactly(
                        "NAME           DAYS LEFT  STAGE",
                        "wsus01                52  VERIFIED",
                        "a-longer-name          7  BOUND");
    }

    @Test
    void counts_wide_characters_twice_and_combining_marks_not_at_all() {
        Table table = Table.of("NAME", "STAGE")
                .row("証明書", "BOUND")
                .row("café", "BOUND")
                .row("cafe\u0301", "BOUND");

        assertThat(table.lines(false))
                .containsExactly("NAME    STAGE", "証明書  BOUND", "café    BOUND", "cafe\u0301    BOUND");
    }

    @Test
    void keeps_the_columns_when_cells_are_coloured() {
        Table table =
                Table.of("NAME", "STAGE").row(new Cell("bad", Tone.BAD), "x").row("longer", new Cell("y", Tone.GOOD));

        assertThat(table.lines(true))
                .containsExactly(
                        "\u001b[2mNAME\u001b[0m    \u001b[2mSTAGE\u001b[0m",
                        "\u001b[31mbad\u001b[0m     x",
                        "longer  \u001b[32my\u001b[0m");
    }

    @Test
    void shows_control_characters_as_escapes() {
        assertThat(Table.of("NAME").row("a\nb\u001b[2J").lines(false)).containsExactly("NAME", "a\\u000ab\\u001b[2J");
    }

    @Test
    void shows_facts_without_headings() {
        assertThat(Table.ofFacts().row("Name", "wsus01").row("Serial", "01").lines(false))
                .containsExactly("Name    wsus01", "Serial  01");
    }

    @Test
    void refuses_a_row_that_does_not_fit_its_headings() {
        Table table = Table.of("NAME", "STAGE");

        assertThatThrownBy(() -> table.row("only one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A row of 1 cells does not fit under 2 headings: NAME, STAGE.");
    }
}
