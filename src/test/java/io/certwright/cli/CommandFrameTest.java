package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandFrameTest {
    private final FakeHouse house = new FakeHouse();

    private Run run(CommandBody script, String... words) {
        return Run.of(ScriptedCommand.table(script), house, Terminal.none(), words);
    }

    private static ExitCode done(Screen screen, Rooms rooms) {
        screen.answer(Answer.of("renewed", json -> json.put("renewed", true)));
        return ExitCode.DONE;
    }

    @Test
    void shows_the_answer_and_closes_the_rooms() {
        Run run = run(CommandFrameTest::done, "renew");

        assertThat(run).isEqualTo(new Run(0, "renewed" + System.lineSeparator(), ""));
        assertThat(house.entered()).hasSize(1);
        assertThat(house.closed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--config a.yml --json renew wsus01",
        "renew --config a.yml --json wsus01",
        "renew wsus01 --json --config=a.yml",
        "--json renew --config a.yml wsus01"
    })
    void takes_global_options_before_and_after_the_command(String words) {
        Run run = run(CommandFrameTest::done, words.split(" "));

        assertThat(run).isEqualTo(new Run(0, "{\"renewed\":true}" + System.lineSeparator(), ""));
        assertThat(house.entered()).containsExactly(new GlobalOptions(Path.of("a.yml"), true, false, false));
        assertThat(house.expected()).containsExactly(new House.Expected(Path.of("a.yml"), false));
    }

    @Test
    void says_that_a_word_is_no_number_without_java_s_types() {
        assertThat(Run.of(house, "alerts", "ack", "x"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: Invalid value for positional parameter at index 0 (ID): 'x' is no whole number."
                                + " certwright alerts ack --help tells more." + System.lineSeparator()));
    }

    @Test
    void expects_the_usual_settings_where_the_words_name_none_and_none_without_a_command() {
        run(CommandFrameTest::done, "renew", "wsus01");
        run(CommandFrameTest::done, "--help");

        assertThat(house.expected()).containsExactly(new House.Expected(Path.of("config", "certwright.yml"), false));
    }

    @Test
    void expects_a_look_into_the_record_and_is_closed_though_the_words_then_make_no_sense() {
        Run.of(house, "--config=a.yml", "list", "--no-such-option");

        assertThat(house.expected()).containsExactly(new House.Expected(Path.of("a.yml"), true));
        assertThat(house.entered()).isEmpty();
        assertThat(house.isClosed()).isTrue();
    }

    @Test
    void expects_no_look_into_the_record_where_only_help_is_asked_for() {
        Run.of(house, "list", "--help");

        assertThat(house.expected()).containsExactly(new House.Expected(Path.of("config", "certwright.yml"), false));
    }

    @Test
    void takes_global_options_behind_a_command_of_a_group() {
        Run run = run(CommandFrameTest::done, "trust", "export", "--json", "-v");

        assertThat(run.out()).isEqualTo("{\"exported\":true}" + System.lineSeparator());
        assertThat(house.entered())
                .containsExactly(new GlobalOptions(Path.of("config", "certwright.yml"), true, true, false));
    }

    @ParameterizedTest
    @CsvSource({"UNREACHABLE,5", "THROTTLED,5", "UNAUTHORIZED,1", "MALFORMED_ANSWER,1", "REFUSED,1", "INTERNAL,1"})
    void ends_by_the_kind_of_a_failure(FailureKind kind, int exit) {
        Run run = run(
                (screen, rooms) -> {
                    throw new LifecycleException(kind, "CODE", "The CA corp-ca said no.");
                },
                "renew");

        assertThat(run).isEqualTo(new Run(exit, "", "certwright: The CA corp-ca said no." + System.lineSeparator()));
        assertThat(house.closed()).isEqualTo(1);
    }

    @Test
    void tells_a_failure_as_one_json_document() {
        Run run = run(
                (screen, rooms) -> {
                    throw new LifecycleException(FailureKind.UNREACHABLE, "DATABASE_UNREACHABLE", "No \"answer\".");
                },
                "renew",
                "--json");

        assertThat(run)
                .isEqualTo(new Run(
                        5,
                        "{\"error\":{\"exit\":5,\"code\":\"DATABASE_UNREACHABLE\",\"message\":\"No \\\"answer\\\".\"}}"
                                + System.lineSeparator(),
                        ""));
    }

    @Test
    void leaves_one_json_document_when_the_failure_comes_after_the_answer() {
        Run run = run(
                (screen, rooms) -> {
                    done(screen, rooms);
                    throw new LifecycleException(FailureKind.INTERNAL, "LATE", "It failed late.");
                },
                "renew",
                "--json");

        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "{\"renewed\":true}" + System.lineSeparator(),
                        "certwright: It failed late." + System.lineSeparator()));
    }

    @Test
    void leaves_no_half_of_a_document_when_the_answer_itself_fails() {
        Run run = run(
                (screen, rooms) -> {
                    screen.answer(Answer.of("x", json -> {
                        json.put("name", "wsus01");
                        throw new IllegalStateException("row 2 is broken");
                    }));
                    return ExitCode.DONE;
                },
                "renew",
                "--json");

        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "{\"error\":{\"exit\":1,\"code\":\"INTERNAL\",\"message\":\"Unexpected IllegalStateException: row 2 is"
                                + " broken. This is a fault of Certwright; run it again with -v and report what it logs.\"}}"
                                + System.lineSeparator(),
                        ""));
    }

    @Test
    void never_shows_a_stack_trace_of_a_fault_of_ours() {
        Run run = run(
                (screen, rooms) -> {
                    throw new StackOverflowError();
                },
                "renew");

        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "",
                        "certwright: Unexpected StackOverflowError: null. This is a fault of Certwright; run it again with -v"
                                + " and report what it logs." + System.lineSeparator()));
        assertThat(house.closed()).isEqualTo(1);
    }

    @Test
    void ends_with_130_when_the_command_was_interrupted() {
        Run run = run(
                (screen, rooms) -> {
                    throw new InterruptedException();
                },
                "renew");

        assertThat(run.exit()).isEqualTo(130);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void hands_on_the_exit_code_of_the_command(ExitCode exit) {
        assertThat(run((screen, rooms) -> exit, "renew").exit()).isEqualTo(exit.number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "renw|Unknown command \"renw\". Did you mean renew? certwright --help tells more.",
                "renew --forse|Unknown option \"--forse\". Did you mean --force? certwright renew --help tells more.",
                "trust exprot|Unknown command \"exprot\". Did you mean export? certwright trust --help tells more.",
                "trust export x|Unknown word \"x\". certwright trust export --help tells more.",
                "trust|certwright trust: the command is missing. Give one of: export; certwright trust --help tells more.",
                "renew -v -q|-v and -q exclude each other: give one of them, or neither.",
                "renew --config|Missing required parameter for option '--config' (FILE). certwright renew --help tells more.",
                "renew --force=perhaps|Invalid value for option '--force': 'perhaps' is not a boolean. certwright renew --help"
                        + " tells more."
            })
    void tells_wrong_words_in_one_sentence(String words, String sentence) {
        Run run = run(CommandFrameTest::done, words.split(" "));

        assertThat(run).isEqualTo(new Run(2, "", "certwright: " + sentence + System.lineSeparator()));
        assertThat(house.entered()).isEmpty();
    }

    @Test
    void tells_that_the_command_is_missing() {
        Run run = run(CommandFrameTest::done);

        assertThat(run.err())
                .isEqualTo(
                        "certwright: certwright: the command is missing. Give one of: renew, trust; certwright --help tells"
                                + " more." + System.lineSeparator());
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void tells_wrong_words_as_json_though_they_were_not_understood() {
        Run run = run(CommandFrameTest::done, "--json", "renw");

        assertThat(run)
                .isEqualTo(new Run(
                        2,
                        "{\"error\":{\"exit\":2,\"code\":\"WRONG_USAGE\",\"message\":\"Unknown command \\\"renw\\\". Did you mean"
                                + " renew? certwright --help tells more.\"}}"
                                + System.lineSeparator(),
                        ""));
    }

    @Test
    void shows_foreign_words_without_their_control_characters() {
        Run run = run(CommandFrameTest::done, "re\u001b[31mnew");

        assertThat(run.err())
                .startsWith("certwright: Unknown command \"re\\u001b[31mnew\".")
                .doesNotContain("\u001b");
    }

    @Test
    void shows_the_version_without_entering_the_house() {
        assertThat(run(CommandFrameTest::done, "--version"))
                .isEqualTo(new Run(0, "certwright 0.1.0" + System.lineSeparator(), ""));
        assertThat(run(CommandFrameTest::done, "renew", "-V", "--json"))
                .isEqualTo(new Run(0, "{\"version\":\"0.1.0\"}" + System.lineSeparator(), ""));
        assertThat(house.entered()).isEmpty();
    }

    @Test
    void shows_help_with_all_commands_and_of_one_command() {
        assertThat(run(CommandFrameTest::done, "--help").out())
                .contains("Usage: certwright", "COMMAND", "renew", "trust", "--config=FILE");
        assertThat(run(CommandFrameTest::done, "renew", "--help").out())
                .contains("Usage: certwright renew", "--force", "Though not due.", "--json")
                .doesNotContain("trust");
        assertThat(house.entered()).isEmpty();
    }

    @Test
    void shows_each_name_of_an_option_once() {
        for (String command : List.of("--help", "renew --help")) {
            assertThat(run(CommandFrameTest::done, command.split(" ")).out())
                    .containsPattern("\\s-h, --help\\s")
                    .containsPattern("\\s--json\\s+Answer")
                    .doesNotContainPattern("(-\\w|--\\w+), (\\1)\\b");
        }
    }

    @Test
    void does_not_read_words_from_files() {
        Run run = run(CommandFrameTest::done, "@/etc/passwd");

        assertThat(run.err()).startsWith("certwright: Unknown command \"@/etc/passwd\".");
    }

    @Test
    void shows_what_the_standard_table_holds() {
        assertThat(Run.of(house, "--help").out()).contains("completion");
    }
}
