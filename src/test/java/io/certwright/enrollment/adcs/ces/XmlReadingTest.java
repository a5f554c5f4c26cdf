package io.certwright.enrollment.adcs.ces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlReadingTest {
    private static XmlElement parse(String text) throws XMLStreamException {
        return XmlReading.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void elements_are_told_apart_by_their_namespace() throws Exception {
        XmlElement root =
                parse("\uFEFF<?xml version=\"1.0\"?><a xmlns=\"urn:1\" xmlns:b=\"urn:2\"><!-- c --><b:x>no</b:x>"
                        + "<x b:y=\"1\" z=\"2\"> y<![CDATA[<e>]]>&amp;s </x></a>");
        assertThat(root.is("urn:1", "a")).isTrue();
        assertThat(root.textOf("urn:1", "x")).contains("y<e>&s");
        assertThat(root.textOf("urn:2", "x")).contains("no");
        assertThat(root.find("urn:1", "x").orElseThrow().attributes()).containsOnlyKeys("z");
        assertThat(root.find("urn:3", "x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<!DOCTYPE a><a/> | it has a document type",
                "<a>\uFFFE</a> | nothing of ours",
                "<a></b> | nothing of ours"
            })
    void what_is_no_such_xml_is_told_why(String text, String reason) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(XMLStreamException.class)
                .satisfies(failure -> {
                    if (!reason.equals("nothing of ours")) {
                        assertThat(failure).hasMessage(reason);
                    }
                });
    }

    @Test
    void only_utf_8_is_read() {
        assertThatThrownBy(() -> XmlReading.parse(new byte[] {'<', 'a', '>', (byte) 0xE9, '<', '/', 'a', '>'}))
                .isInstanceOf(XMLStreamException.class)
                .hasMessage("it is not in UTF-8");
    }
}
