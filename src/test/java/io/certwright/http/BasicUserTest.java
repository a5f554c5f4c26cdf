package io.certwright.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Faults;
import io.certwright.config.SecretText;
import io.certwright.config.SettingsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasicUserTest {
    private final Faults faults = new Faults();

    private Optional<BasicUser> read(String yaml) {
        return new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                .parse(yaml, faults)
                .flatMap(BasicUser::read);
    }

    @Test
    void name_and_password_are_sent_as_utf_8() {
        String sent = new BasicUser("pki", SecretText.of("s3crét:€")).authorization();
        assertThat(sent).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(sent.substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("pki:s3crét:€");
    }

    @Test
    void its_password_is_not_shown() {
        assertThat(new BasicUser("pki", SecretText.of("s3cret"))).hasToString("BasicUser[name=pki, password=***]");
    }

    @Test
    void both_or_neither_are_read() {
        assertThat(read("{user: pki, password: x}")).contains(new BasicUser("pki", SecretText.of("x")));
        assertThat(read("{}")).isEmpty();
        assertThat(faults.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{user: pki} | got a user without a password, wanted both or neither",
                "{password: x} | got a password without a user, wanted both or neither",
                "{user: 'a:b', password: x} | user: got \"a:b\", wanted a name without a colon"
            })
    void says_what_is_wrong(String yaml, String sentence) {
        assertThat(read(yaml)).isEmpty();
        assertThat(faults.list()).singleElement().asString().contains(sentence);
    }
}
