package io.certwright.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.OpenSecrets;
import io.certwright.config.SettingsFile;
import io.certwright.setup.Answers;
import io.certwright.setup.FirstSettings;
import io.certwright.setup.Kind;
import io.certwright.setup.Part;
import io.certwright.setup.Question;
import io.certwright.setup.Questions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are asked, held against what the settings take. */
class QuestionsTest {
    private static final Path EXAMPLE = Path.of("config/certwright.example.yml");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", "c2VjcmV0LXRoYXQtaXMtbG9uZy1lbm91Z2gtZm9yLWFsbA");

    @TempDir
    private Path folder;

    @Test
    void every_kind_of_ca_and_every_way_to_a_host_has_its_questions() {
        assertThat(Questions.AUTHORITIES)
                .extracting(Kind::word)
                .containsExactlyInAnyOrderElementsOf(IssuerChoice.KINDS.keySet());
        assertThat(Questions.TRANSPORTS)
                .extracting(Kind::word)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Transport.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    static Stream<String> authorities() {
        return Questions.AUTHORITIES.stream().map(Kind::word);
    }

    /** The answers are those of the example, which a person would copy from; secrets stand in the environment. */
    @ParameterizedTest
    @MethodSource("authorities")
    void what_the_example_answers_makes_sound_settings(String type) throws Exception {
        Kind kind = Questions.AUTHORITIES.stream()
                .filter(each -> each.word().equals(type))
                .findFirst()
                .orElseThrow();
        ConfigMapping example = exampleOf(type);
        Answers answers = Answers.NONE.with("type", List.of(type));
        for (Question question : kind.questions()) {
            if (question.isAskedAfter(answers)) {
                answers = answers.with(question.key(), exampleAnswer(question, example));
            }
        }

        assertThat(faultsOf(settings(answers))).isEmpty();
    }

    private static List<String> exampleAnswer(Question question, ConfigMapping example) {
        if (question.nature() == Question.Nature.SECRET) {
            return List.of("${env:SECRET}");
        }
        ConfigMapping at = example;
        String[] keys = question.key().split("\\.", -1);
        for (int i = 0; i < keys.length - 1; i++) {
            at = at.section(keys[i]);
        }
        String last = keys[keys.length - 1];
        if (question.nature() == Question.Nature.FLAG) {
            return at.flag(last).map(String::valueOf).stream().toList();
        }
        List<String> given = at.texts(last);
        return given.isEmpty() && question.isNeeded() ? List.of(question.usual()) : given;
    }

    private static ConfigMapping exampleOf(String type) {
        ConfigMapping top =
                new SettingsFile(EXAMPLE, Map.of()).read(new Faults()).orElseThrow();
        return top.named("issuers").values().stream()
                .filter(each -> each.text("type", "").equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static FirstSettings settings(Answers issuer) {
        Answers host = Answers.NONE.with("transport=runbook").with("address=wsus02.contoso.com");
        return FirstSettings.EMPTY
                .withHost(Optional.of(new Part("wsus02", host)))
                .withIssuer(Optional.of(new Part("ca", issuer)));
    }

    private List<String> faultsOf(FirstSettings settings) throws Exception {
        Path file = Files.writeString(folder.resolve("certwright.yml"), settings.text());
        Faults faults = new Faults();
        SettingsFile read = new SettingsFile(file, ENVIRONMENT);
        Optional<ConfigMapping> top = read.read(faults);
        SettingsReading.read(read, top, faults);
        assertThat(OpenSecrets.in(top.orElseThrow())).isEmpty();
        return faults.list().stream().map(Object::toString).toList();
    }

    @Test
    void a_secret_is_one_that_the_settings_take_as_a_secret() throws Exception {
        for (Kind kind : Stream.concat(Questions.AUTHORITIES.stream(), Questions.TRANSPORTS.stream())
                .toList()) {
            for (Question question : kind.questions()) {
                boolean secret =
                        question.nature() == Question.Nature.SECRET || question.nature() == Question.Nature.SECRET_FILE;
                assertThat(isSecret(kind, question))
                        .as(kind.word() + " " + question.key())
                        .isEqualTo(secret);
            }
        }
    }

    private boolean isSecret(Kind kind, Question question) {
        boolean ofHost = Questions.TRANSPORTS.contains(kind);
        Answers answers = Answers.NONE
                .with(ofHost ? "transport" : "type", List.of(kind.word()))
                .with(question.key(), List.of("open"));
        FirstSettings settings = ofHost
                ? FirstSettings.EMPTY.withHost(Optional.of(new Part("x", answers)))
                : FirstSettings.EMPTY.withIssuer(Optional.of(new Part("x", answers)));
        SettingsFile file = new SettingsFile(folder.resolve("none.yml"), Map.of());
        Faults faults = new Faults();
        Optional<ConfigMapping> top = file.parse(settings.text(), faults);
        SettingsReading.read(file, top, faults);
        return OpenSecrets.in(top.orElseThrow()).equals(List.of((ofHost ? "hosts.x." : "issuers.x.") + question.key()));
    }
}
