package io.certwright.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house as built, held against its table; and each rule shown to see a breach that was planted for it. */
class ArchitectureTest {
    private static final String OURS = "io.certwright";
    private static final String PLANTED = "io.certwright.planted";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(OURS);
    private static final JavaClasses BREACHES = new ClassFileImporter().importPackages(PLANTED);

    private static Stream<Map.Entry<String, ArchRule>> rules(String base) {
        HouseRules house = new HouseRules(base);
        return Stream.of(
                Map.entry("rooms_know_only_what_is_below_them", house.rooms_know_only_what_is_below_them()),
                Map.entry("packages_form_no_cycle", house.packages_form_no_cycle()),
                Map.entry("values_and_failures_know_the_jdk_alone", house.values_and_failures_know_the_jdk_alone()),
                Map.entry(
                        "only_crypto_and_the_enrollment_adapters_name_the_crypto_library",
                        house.only_crypto_and_the_enrollment_adapters_name_the_crypto_library()),
                Map.entry("only_the_switch_over_binds", house.only_the_switch_over_binds()),
                Map.entry("only_restoring_puts_back", house.only_restoring_puts_back()),
                Map.entry("only_retiring_forgets", house.only_retiring_forgets()),
                Map.entry("names_say_what_a_class_is", house.names_say_what_a_class_is()),
                Map.entry(
                        "time_and_chance_come_in_through_the_constructor",
                        house.time_and_chance_come_in_through_the_constructor()));
    }

    static Stream<Map.Entry<String, ArchRule>> rulesOfTheHouse() {
        return rules(OURS);
    }

    @ParameterizedTest
    @MethodSource("rulesOfTheHouse")
    void the_house_keeps_the_rule(Map.Entry<String, ArchRule> rule) {
        assertThat(rule.getValue().evaluate(MAIN).getFailureReport().getDetails())
                .as(rule.getKey())
                .isEmpty();
    }

    @Test
    void looks_at_the_whole_house() {
        assertThat(MAIN.size()).isGreaterThan(100);
    }

    private static Stream<String> breachesOf(String rule) {
        return rules(PLANTED)
                .filter(entry -> entry.getKey().equals(rule))
                .flatMap(entry -> entry.getValue().evaluate(BREACHES).getFailureReport().getDetails().stream())
                .map(detail -> detail.lines().findFirst().orElse(""))
                .map(detail -> detail.replaceAll(" in \\(.*", "").replace(PLANTED + ".", ""));
    }

    @Test
    void sees_rooms_that_know_what_they_must_not() {
        assertThat(breachesOf("rooms_know_only_what_is_below_them"))
                .containsExactlyInAnyOrder(
                        "policy may not know lifecycle: Method <policy.Judgement.of(lifecycle.Story)> has parameter of type"
                                + " <lifecycle.Story>",
                        "trust may not know policy: Method <trust.Neighbour.judged(policy.Judgement)> has parameter of type"
                                + " <policy.Judgement>",
                        "alert.mail may not know store.postgres: Method <alert.mail.Letter.stored(store.postgres.Rows)> has"
                                + " parameter of type <store.postgres.Rows>",
                        "cli may not know alert.mail: Method <cli.MailCommand.send(alert.mail.Letter)> has parameter of type"
                                + " <alert.mail.Letter>",
                        "alert.mail may not know lifecycle: Method <alert.mail.Letter.told(lifecycle.Story)> has parameter of"
                                + " type <lifecycle.Story>",
                        "nowhere.Homeless is in no room: the table of rooms does not have its package.");
    }

    @Test
    void sees_a_cycle() {
        assertThat(breachesOf("packages_form_no_cycle"))
                .singleElement()
                .asString()
                .startsWith("Cycle detected: Slice lifecycle ->");
    }

    @Test
    void sees_a_value_that_knows_a_library() {
        assertThat(breachesOf("values_and_failures_know_the_jdk_alone"))
                .allSatisfy(breach -> assertThat(breach).contains("certificate.JsonValue", "com.fasterxml.jackson"))
                .isNotEmpty();
    }

    @Test
    void sees_the_crypto_library_named_elsewhere() {
        assertThat(breachesOf("only_crypto_and_the_enrollment_adapters_name_the_crypto_library"))
                .allSatisfy(breach -> assertThat(breach).contains("probe.NamesBouncyCastle", "org.bouncycastle"))
                .isNotEmpty();
    }

    @Test
    void sees_who_changes_what_a_server_serves() {
        assertThat(breachesOf("only_the_switch_over_binds"))
                .containsExactly("Method <doctor.BindsByItself.heal(binding.ServerBinding)> calls method"
                        + " <binding.ServerBinding.bind()>");
        assertThat(breachesOf("only_restoring_puts_back"))
                .containsExactly("Method <lifecycle.SwitchOver.perform(binding.ServerBinding)> calls method"
                        + " <binding.ServerBinding.restore()>");
        assertThat(breachesOf("only_retiring_forgets"))
                .containsExactly("Method <lifecycle.SwitchOver.perform(binding.ServerBinding)> references method"
                        + " <binding.ServerBinding.forget()>");
    }

    @Test
    void sees_a_name_that_says_nothing() {
        assertThat(breachesOf("names_say_what_a_class_is"))
                .containsExactly("Class <alert.MailHelper> has name matching"
                        + " '.*(Manager|Helper|Utils?|Impl|Service|Processor|Handler|Info|Data)(\\$.*)?'");
    }

    @Test
    void sees_who_asks_the_system_for_time_or_chance() {
        String clock = "Method <policy.AsksTheSystem.";
        assertThat(breachesOf("time_and_chance_come_in_through_the_constructor"))
                .containsExactlyInAnyOrder(
                        clock + "instant()> calls method <java.time.Instant.now()>",
                        clock + "clock()> calls method <java.time.Clock.systemUTC()>",
                        clock + "millis()> calls method <java.lang.System.currentTimeMillis()>",
                        clock + "sleeps()> calls method <java.lang.Thread.sleep(long)>",
                        clock + "naps()> calls method <java.util.concurrent.TimeUnit.sleep(long)>",
                        clock + "lots()> calls constructor <java.util.Random.<init>(long)>");
    }
}
