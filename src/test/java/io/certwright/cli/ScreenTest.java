package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String NL = System.lineSeparator();
    private static final Terminal TERMINAL = new Terminal(true, true, true, 30);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Screen screen(Terminal terminal, boolean json, boolean quiet) {
        return new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                new Screen.Mode(json, quiet));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writes_json_fields_in_the_order_and_form_of_the_command_line() {
        screen(Terminal.none(), true, false)
                .answer(Answer.of(
                        "",
                        json -> json.putObjects(
                                "certificates",
                                List.of("wsus01"),
                                (object, name) -> object.put("name", name)
                                        .putTexts("dns", List.of("wsus01.contoso.com", "é"))
                                        .put("daysLeft", 52)
                                        .put("served", true)
                                        .put("notAfter", Instant.parse("2027-01-02T03:04:05.678Z"))
                                        .putIfPresent("dueAt", Optional.of(Instant.parse("2026-12-01T00:00:00Z")))
                                        .putIfPresent("waitingFor", Optional.empty())
                                        .putObject("error", error -> error.put("code", Tone.BAD)))));

        assertThat(out())
                .isEqualTo(
                        "{\"certificates\":[{\"name\":\"wsus01\",\"dns\":[\"wsus01.contoso.com\",\"\\u00E9\"],\"daysLeft\":52,"
                                + "\"served\":true,\"notAfter\":\"2027-01-02T03:04:05Z\",\"dueAt\":\"2026-12-01T00:00:00Z\","
                                + "\"error\":{\"code\":\"BAD\"}}]}" + NL);
    }

    @Test
    void gives_one_json_document_and_no_second() {
        Screen screen = screen(Terminal.none(), true, false);
        screen.answer(Answer.of("", json -> json.put("first", true)));

        assertThatThrownBy(() -> screen.answer(Answer.of("", json -> json.put("second", true))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A command answers with one JSON document, but it answered before.");
        assertThat(out()).isEqualTo("{\"first\":true}" + NL);
    }

    @Test
    void keeps_everything_but_the_document_off_stdout() {
        Screen screen = screen(Terminal.none(), true, false);
        screen.say("checking");
        screen.note("by the way");
        screen.progress("3 of 5");
        screen.answer(Answer.of("human", json -> json.put("ok", true)));

        assertThat(out()).isEqualTo("{\"ok\":true}" + NL);
        assertThat(err()).isEqualTo("checking" + NL + "by the way" + NL);
    }

    @Test
    void replaces_progress_by_what_comes_next_and_cuts_it_to_the_terminal() {
        Screen screen = screen(new Terminal(true, true, false, 30), false, false);
        screen.progress("a line of progress that is longer than the terminal");
        screen.say("done");

        assertThat(err()).isEqualTo("a line of progress that is l…\r" + " ".repeat(29) + "\r");
        assertThat(out()).isEqualTo("done" + NL);
    }

    @Test
    void shows_no_progress_off_a_terminal_and_no_notes_when_quiet() {
        screen(Terminal.none(), false, false).progress("3 of 5");
        Screen quiet = screen(TERMINAL, false, true);
        quiet.progress("3 of 5");
        quiet.note("by the way");
        quiet.say("done");

        assertThat(err()).isEmpty();
        assertThat(out()).isEqualTo("done" + NL);
    }

    /** A person's Ctrl-C, or a question, stands on the line that the cursor is on. */
    @Test
    void begins_its_last_words_on_a_line_of_their_own_at_a_terminal() {
        screen(TERMINAL, false, false).lastWords(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");

        assertThat(err()).startsWith(NL).endsWith(" Interrupted." + NL);
    }

    @Test
    void has_nothing_to_say_after_its_last_words() {
        Screen screen = screen(Terminal.none(), true, false);
        screen.lastWords(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
        screen.answer(Answer.of("late", json -> json.put("late", true)));
        screen.failure(ExitCode.FAILED, "LATE", "late");
        screen.note("late");

        assertThat(out())
                .isEqualTo("{\"error\":{\"exit\":130,\"code\":\"INTERRUPTED\",\"message\":\"Interrupted.\"}}" + NL);
        assertThat(err()).isEmpty();
    }

    @Test
    void colours_only_where_they_are_welcome() {
        Answer answer = Answer.of(Table.ofFacts().row(new Cell("x", Tone.BAD)), json -> {});
        screen(TERMINAL, false, false).answer(answer);
        screen(new Terminal(false, true, true, 80), false, false).answer(answer);

        assertThat(out()).isEqualTo("\u001b[31mx\u001b[0m" + NL + "x" + NL);
    }
}
