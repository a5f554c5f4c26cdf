package io.certwright.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    @Test
    void a_key_given_twice_is_a_list_and_dots_lead_into_mappings() {
        Answers answers = Answers.NONE
                .with("anchors=./a.cer")
                .with("anchors=./b.cer")
                .with("http-01.listen=0.0.0.0:80")
                .with("dns-01.tsig.name=key=1")
                .with("accept-terms=true")
                .with("port=8599");

        assertThat(answers.tree())
                .hasToString("{anchors=[./a.cer, ./b.cer], http-01={listen=0.0.0.0:80}, dns-01={tsig={name=key=1}},"
                        + " accept-terms=true, port=8599}")
                .containsEntry("accept-terms", true)
                .containsEntry("port", 8599L)
                .containsEntry("anchors", List.of("./a.cer", "./b.cer"));
    }

    @Test
    void what_looks_like_a_number_and_is_none_stays_as_it_is_written() {
        assertThat(Answers.NONE
                        .with("a=007")
                        .with("b=1234567890123456789012")
                        .with("c=")
                        .tree())
                .hasToString("{a=007, b=1234567890123456789012, c=}")
                .containsEntry("a", "007")
                .containsEntry("b", "1234567890123456789012");
    }

    @Test
    void words_that_are_no_answer_are_refused() {
        String wanted =
                ", wanted KEY=VALUE, KEY as the settings write it, nested ones joined by dots: http-01.listen=0.0.0.0:80";
        assertThatThrownBy(() -> Answers.NONE.with("url")).hasMessage("got a word without =" + wanted);
        assertThatThrownBy(() -> Answers.NONE.with("a..b=1")).hasMessage("got key \"a..b\"" + wanted);
        assertThatThrownBy(() -> Answers.NONE.with("x: {\n=1")).hasMessage("got key \"x: {\\u000a\"" + wanted);
    }

    @Test
    void a_mapping_and_a_value_of_one_key_exclude_each_other() {
        Answers valueFirst = Answers.NONE.with("http-01=x").with("http-01.listen=y");
        Answers mappingFirst = Answers.NONE.with("http-01.listen=y").with("http-01=x");

        assertThatThrownBy(valueFirst::tree)
                .hasMessage("got \"http-01.listen\" beside a value for a part of it, wanted one of them");
        assertThatThrownBy(mappingFirst::tree)
                .hasMessage("got \"http-01\" beside a value for a part of it, wanted one of them");
    }
}
