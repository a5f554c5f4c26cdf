package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadSettingsTest {
    private static final String NAME_IS_MISSING = "c:1:1: name: is missing, wanted a value";
    private static final SettingsFile FILE = new SettingsFile(
            Path.of("/srv/config/c.yml"), Map.of("EMPTY", "", "WORDS", "some words", "URL", "https://u:hunter2@h/"));

    static List<String> sentencesOn(String yaml) {
        Faults faults = new Faults();
        FILE.parse(yaml, faults).ifPresent(SampleSettings::read);
        return faults.list().stream()
                .map(fault -> fault.toString().replace("/srv/config/c.yml", "c"))
                .toList();
    }

    private static Arguments bad(String yaml, String... sentences) {
        return arguments(yaml, Arrays.asList(sentences));
    }

    static Stream<Arguments> wrong_yaml() {
        return Stream.of(
                bad("", "c: is empty, wanted settings: write them, or start from the annotated example"),
                bad(
                        "# only a comment\n",
                        "c: is empty, wanted settings: write them, or start from the annotated example"),
                bad("---\n", "c:2:1: got nothing, wanted a mapping such as \"issuers: …\" at the top"),
                bad("just a text\n", "c:1:1: got a single value, wanted a mapping such as \"issuers: …\" at the top"),
                bad("- a\n- b\n", "c:1:1: got a list, wanted a mapping such as \"issuers: …\" at the top"),
                bad("name: a\n---\nname: b\n", "c:2:1: got a second document (---), wanted all settings in one"),
                bad(
                        "name: a\n\tport: 1\n",
                        "c:2:1: cannot be read as YAML: got a tab, wanted spaces: YAML is indented by spaces alone"),
                bad(
                        "name: a\n  port: 1\n",
                        "c:2:7: cannot be read as YAML: got a colon that cannot start a value here, wanted keys of one mapping at the same"
                                + " indentation, and quotes around a text with a colon and a space in it"),
                bad(
                        "hosts:\n  a: {}\n b: {}\n",
                        "c:3:2: cannot be read as YAML: got a line whose indentation fits none of the lines above, wanted keys of one"
                                + " mapping at the same indentation"),
                bad(
                        "name: a\nport\ndns: b\n",
                        "c:3:1: cannot be read as YAML: got a line without a colon, wanted \"key: value\"; a text of several lines"
                                + " needs quotes"),
                bad(
                        "name: \"a\nport: 1\n",
                        "c:3:1: cannot be read as YAML: got the end of the file inside a quoted text, wanted the closing quote"),
                bad(
                        "dns: [a, b\nport: 1\n",
                        "c:2:5: cannot be read as YAML: got a list in brackets that is not closed or lacks a comma, wanted \", \" between"
                                + " its items and \"]\" at its end"),
                bad(
                        "hosts: { a: ${env:X} }\n",
                        "c:1:14: cannot be read as YAML: got a mapping in braces that is not closed or lacks a comma, wanted \", \""
                                + " between its entries, \"}\" at its end, and quotes around a text with braces"),
                bad(
                        "path: \"C:\\qata\"\n",
                        "c:1:11: cannot be read as YAML: got a backslash that starts no known escape, wanted \\\\ for a backslash, or single"
                                + " quotes around the text"),
                bad(
                        "name: \"C:\\u",
                        "c: got an escape in double quotes without its hexadecimal digits, wanted one such as \\u00e4, or"
                                + " single quotes around the text"),
                bad(
                        "name: @home\n",
                        "c:1:7: cannot be read as YAML: got a character that cannot start a value, wanted quotes around a text that"
                                + " starts with it"),
                bad(
                        "name: a\nport: - 1\n",
                        "c:2:7: cannot be read as YAML: got a list item here, wanted it on a line of its own below its key"),
                bad(
                        "name: a\nb: \u0007\n",
                        "c:2:4: got the character U+0007, wanted text: YAML allows no control characters"),
                bad("%YAML 3.0\n---\nname: a\n", "c: got YAML version 3.0, wanted 1.2"),
                bad(
                        "name: a\nname: b\n",
                        "c:2:1: got the key \"name\" twice, wanted it once: it stands in line 1 already"),
                bad(
                        "name: &n a\ndns: [*n]\n",
                        "c:1:7: got the anchor \"&n\", wanted none: settings know no anchors",
                        "c:2:7: got an alias (*), wanted the value itself: settings know no anchors"),
                bad(
                        "name: !!str 1\n",
                        "c:1:7: got the tag \"tag:yaml.org,2002:str\", wanted none: settings know no tags"),
                bad("name: a\n? [b]\n: c\n", "c:2:3: got a list as a key, wanted a word"),
                bad("name: a\n?\n: c\n", "c:2:2: got nothing as a key, wanted a word"));
    }

    static Stream<Arguments> wrong_values() {
        return Stream.of(
                bad("port: 1\n", NAME_IS_MISSING),
                bad("name:\n", NAME_IS_MISSING),
                bad("name: \" \"\n", "c:1:7: name: got a blank text, wanted one that says something"),
                bad("name: true\n", "c:1:7: name: got the flag true, wanted a text; put it in quotes if it is one"),
                bad("name: [a]\n", "c:1:7: name: got a list, wanted a text"),
                bad("name: {a: b}\n", "c:1:7: name: got a mapping, wanted a text"),
                bad("{name: a, port: 0}\n", "c:1:17: port: got \"0\", wanted a whole number from 1 to 65535"),
                bad("{name: a, port: 65536}\n", "c:1:17: port: got \"65536\", wanted a whole number from 1 to 65535"),
                bad(
                        "{name: a, port: 99999999999999999999}\n",
                        "c:1:17: port: got \"99999999999999999999\", wanted a whole number from 1 to 65535"),
                bad("{name: a, port: 8_531}\n", "c:1:17: port: got \"8_531\", wanted a whole number from 1 to 65535"),
                bad("{name: a, port: 0x}\n", "c:1:17: port: got \"0x\", wanted a whole number from 1 to 65535"),
                bad("{name: a, port: 1.0}\n", "c:1:17: port: got \"1.0\", wanted a whole number from 1 to 65535"),
                bad(
                        "{name: a, port: \"1\"}\n",
                        "c:1:17: port: got the text \"1\", wanted a whole number from 1 to 65535 without quotes"),
                bad(
                        "{name: a, port: \"${env:WORDS}\"}\n",
                        "c:1:17: port: got \"some words\", wanted a whole number from 1 to 65535"),
                bad("{name: a, on: yes}\n", "c:1:15: on: got \"yes\", wanted true or false"),
                bad("{name: a, on: \"true\"}\n", "c:1:15: on: got \"true\", wanted true or false without quotes"),
                bad("{name: a, on: 1}\n", "c:1:15: on: got \"1\", wanted true or false"),
                bad(
                        "{name: a, dns: [ok.test, \"a b\", 10.0.0.1]}\n",
                        "c:1:26: dns[1]: DNS name: got \"a b\", wanted labels of letters, digits and hyphens (an international name as"
                                + " its xn-- form)",
                        "c:1:33: dns[2]: DNS name: got \"10.0.0.1\", that is an IP address, which belongs under ips"),
                bad("{name: a, dns: [[b]]}\n", "c:1:17: dns[0]: got a list, wanted a list of texts"),
                bad("{name: a, dns: {b: c}}\n", "c:1:16: dns[0]: got a mapping, wanted a list of texts"),
                bad("name: a\ndns:\n- \n", "c:3:2: dns[0]: got nothing, wanted a list of texts"),
                bad(
                        "{name: a, thresholds: [30 days, 101%, 40000d]}\n",
                        "c:1:24: thresholds[0]: got \"30 days\", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h",
                        "c:1:33: thresholds[1]: got \"101%\", wanted a share of the lifetime from 0% to 100%, such as 25% or 12.5%",
                        "c:1:39: thresholds[2]: got \"40000d\", wanted at most 36525d (100 years)"),
                bad(
                        "{name: a, rules: [{mode: mange}, {mode: x, wait: -1d}, b]}\n",
                        "c:1:26: rules[0].mode: got \"mange\", did you mean \"manage\"?",
                        "c:1:41: rules[1].mode: got \"x\", wanted one of report, manage",
                        "c:1:50: rules[1].wait: got \"-1d\", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h",
                        "c:1:56: rules[2]: got a single value, wanted a mapping"),
                bad("{name: a, hosts: [b]}\n", "c:1:18: hosts: got a list, wanted a mapping"),
                bad("{name: a, hosts: {b: c}}\n", "c:1:22: hosts.b: got a single value, wanted a mapping"),
                bad(
                        "{name: a, path: ~/x}\n",
                        "c:1:17: path: got \"~/x\", wanted a path from the root or from /srv; the shell's ~ means nothing here"),
                bad(
                        "{name: a, path: \"a\\0b\"}\n",
                        "c:1:17: path: got \"a\\u0000b\", wanted a path: nul character not allowed"),
                bad("{name: a, prot: 1}\n", "c:1:11: prot: unknown key, did you mean \"port\"?"),
                bad("{name: a, thresholds_: 1}\n", "c:1:11: thresholds_: unknown key, did you mean \"thresholds\"?"),
                bad(
                        "{name: a, colour: 1}\n",
                        "c:1:11: colour: unknown key, wanted one of name, port, dns, password, thresholds, on, path, rules, hosts,"
                                + " service"),
                bad(
                        "{name: a, hosts: {\"b\\n\\u202e\": {c: d}}}\n",
                        "c:1:33: hosts.b\\u000a\\u202e.c: unknown key, wanted one of mode, wait"));
    }

    static Stream<Arguments> wrong_placeholders() {
        return Stream.of(
                bad(
                        "name: ${env:ABSENT}\n",
                        "c:1:7: name: got ${env:ABSENT}, but the environment variable is not set: set it for the user that runs"
                                + " Certwright"),
                bad("name: ${env:EMPTY}\n", "c:1:7: name: got a blank text, wanted one that says something"),
                bad(
                        "name: ${file:x}\n",
                        "c:1:7: name: got ${file:x}, wanted the text itself: a file may stand for a secret only"),
                bad(
                        "name: ${env:A\n",
                        "c:1:7: name: got a ${ that is not closed, wanted ${env:NAME} or ${file:PATH}; write $${ for a plain ${"),
                bad(
                        "name: ${date}\n",
                        "c:1:7: name: got a placeholder of an unknown kind, wanted ${env:NAME} or ${file:PATH}; write $${ for a plain"
                                + " ${"),
                bad(
                        "{name: a, dns: [\"${env:URL}\"]}\n",
                        "c:1:17: dns[0]: DNS name: got \"https://u:***@h/\", wanted"
                                + " labels of letters, digits and hyphens (an international name as its xn-- form)"),
                bad("{name: a, password: [hunter2]}\n", "c:1:21: password: got a list, wanted a secret"),
                bad(
                        "{name: a, password: \"\"}\n",
                        "c:1:21: password: secret: got nothing, wanted at least one character"),
                bad(
                        "{name: a, password: \"${env:EMPTY}\"}\n",
                        "c:1:21: password: secret: got nothing, wanted at least one character"),
                bad(
                        "{name: a, password: \"${env:ABSENT}\"}\n",
                        "c:1:21: password: got ${env:ABSENT}, but the environment variable is not set: set it for the user that runs"
                                + " Certwright"),
                bad(
                        "{name: a, password: \"${file:absent.txt}\"}\n",
                        "c:1:21: password: got ${file:absent.txt}, but /srv/config/absent.txt does not exist, wanted a file"),
                bad(
                        "{name: a, password: \"${file:/}\"}\n",
                        "c:1:21: password: got ${file:/}, but / is a folder, wanted a file"),
                bad(
                        "{name: a, password: \"${hunter2}\"}\n",
                        "c:1:21: password: got a placeholder of an unknown kind, wanted ${env:NAME} or ${file:PATH}; write $${ for a"
                                + " plain ${"));
    }

    @ParameterizedTest
    @MethodSource({"wrong_yaml", "wrong_values", "wrong_placeholders"})
    void says_where_what_got_and_wanted(String yaml, List<String> sentences) {
        assertThat(sentencesOn(yaml))
                .filteredOn(sentence -> sentences.contains(NAME_IS_MISSING) || !sentence.equals(NAME_IS_MISSING))
                .containsExactlyElementsOf(sentences);
    }

    @Test
    void reports_all_faults_together_in_the_order_of_the_file() {
        assertThat(sentencesOn("""
                        nam: a
                        port: http
                        dns: [a_b]
                        rules:
                          - mode: off
                            wiat: 1d
                        port: 1
                        """))
                .containsExactly(
                        "c:1:1: name: is missing, wanted a value",
                        "c:1:1: nam: unknown key, did you mean \"name\"?",
                        "c:2:7: port: got \"http\", wanted a whole number from 1 to 65535",
                        "c:3:7: dns[0]: DNS name: got \"a_b\", wanted labels of letters, digits and hyphens (an international name as"
                                + " its xn-- form)",
                        "c:5:11: rules[0].mode: got \"off\", wanted one of report, manage",
                        "c:6:5: rules[0].wiat: unknown key, did you mean \"wait\"?",
                        "c:7:1: got the key \"port\" twice, wanted it once: it stands in line 2 already");
    }

    @Test
    void refuses_a_hundred_thousand_levels_of_nesting_with_one_sentence() {
        assertThat(sentencesOn("name: a\ndns: " + "[".repeat(100_000) + "]".repeat(100_000) + "\n"))
                .containsExactly("c:2:38: cannot be read as YAML: got more than 32 levels of nesting, wanted fewer");
    }

    @Test
    void never_shows_a_secret_in_a_fault() {
        String yaml = "name: a\npassword: [hunter2]\nurl: jdbc:x?password=hunter2\nrules: \"https://u:hunter2@h\"\n";

        assertThat(sentencesOn(yaml)).hasSize(3).noneMatch(sentence -> sentence.contains("hunter2"));
    }
}
