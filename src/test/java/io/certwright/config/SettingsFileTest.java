package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private final Faults faults = new Faults();

    @BeforeEach
    void a_folder_as_in_a_release() throws IOException {
        file = Files.createDirectory(folder.resolve("config")).resolve("certwright.yml");
    }

    private Optional<ConfigMapping> read() {
        return new SettingsFile(file, Map.of()).read(faults);
    }

    private List<String> sentences() {
        return faults.list().stream()
                .map(fault -> fault.toString().replace(file.toString(), "FILE"))
                .toList();
    }

    @Test
    void reads_a_file_with_and_without_a_byte_order_mark() throws IOException {
        Files.writeString(file, "\ufeffname: Größe\r\nport: 1\r\n");

        ConfigMapping top = read().orElseThrow();

        assertThat(top.requiredText("name")).isEqualTo("Größe");
        assertThat(top.keys()).containsExactly("name", "port");
        assertThat(sentences()).isEmpty();
    }

    @Test
    void reads_what_was_read_ahead_and_the_second_time_what_the_file_holds_then() throws IOException {
        Files.writeString(file, "name: one\nname: two\n");
        SettingsFile settings = new SettingsFile(file, Map.of());

        settings.readAhead();
        ConfigMapping first = settings.read(faults).orElseThrow();
        Files.writeString(file, "name: three\n");
        ConfigMapping second = settings.read(faults).orElseThrow();

        assertThat(first.requiredText("name")).isEqualTo("one");
        assertThat(second.requiredText("name")).isEqualTo("three");
        assertThat(sentences())
                .containsExactly("FILE:2:1: got the key \"name\" twice, wanted it once: it stands in line 1 already");
    }

    @Test
    void reads_a_file_that_was_written_after_reading_ahead_found_none() throws Exception {
        SettingsFile settings = new SettingsFile(file, Map.of());
        settings.readAhead();
        Files.writeString(file, "name: one\n");

        assertThat(settings.read(faults).orElseThrow().requiredText("name")).isEqualTo("one");
        assertThat(sentences()).isEmpty();
    }

    @Test
    void says_that_the_file_is_absent() {
        assertThat(read()).isEmpty();
        assertThat(sentences()).containsExactly("FILE: does not exist, wanted a file");
    }

    @Test
    void says_that_it_is_a_folder() throws IOException {
        Files.createDirectory(file);

        assertThat(read()).isEmpty();
        assertThat(sentences()).containsExactly("FILE: is a folder, wanted a file");
    }

    @Test
    void refuses_more_than_a_megabyte() throws IOException {
        Files.writeString(file, "#".repeat(1024 * 1024 + 1));

        assertThat(read()).isEmpty();
        assertThat(sentences()).containsExactly("FILE: is longer than 1024 kB, wanted less");
    }

    @Test
    void says_where_the_first_byte_stands_that_is_no_utf_8() throws IOException {
        Files.write(file, "name: ü\nother: Größe\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(read()).isEmpty();
        assertThat(sentences())
                .containsExactly("FILE:1:7: got the byte 0xFC, wanted UTF-8: save the file again in that encoding");
    }

    @Test
    void refuses_a_file_that_ends_within_a_character() throws IOException {
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xC3});

        assertThat(read()).isEmpty();
        assertThat(sentences())
                .containsExactly("FILE:1:4: got the byte 0xC3, wanted UTF-8: save the file again in that encoding");
    }

    @Test
    void refuses_utf_16() throws IOException {
        Files.write(file, "\ufeffname: a\n".getBytes(StandardCharsets.UTF_16LE));

        assertThat(read()).isEmpty();
        assertThat(sentences()).containsExactly("FILE: is UTF-16, wanted UTF-8: save it again in that encoding");
    }

    @Test
    void counts_paths_from_the_folder_above_config_else_from_the_files_own() {
        assertThat(new SettingsFile(file, Map.of()).root()).isEqualTo(folder);
        assertThat(new SettingsFile(folder.resolve("c.yml"), Map.of()).root()).isEqualTo(folder);
        assertThat(new SettingsFile(Path.of("/config/c.yml"), Map.of()).root()).isEqualTo(Path.of("/"));
        assertThat(new SettingsFile(Path.of("/c.yml"), Map.of()).root()).isEqualTo(Path.of("/"));
    }

    @Test
    void puts_in_secrets_from_files_beside_the_settings_without_the_last_line_break() throws IOException {
        Files.createDirectory(folder.resolve("config/secrets"));
        Path secret = Files.writeString(folder.resolve("config/secrets/smtp"), "hun\nter2\r\n");
        Files.writeString(file, "password: \"${file:secrets/smtp}\"\nplain: hunter3\n");
        SettingsFile settings = new SettingsFile(file, Map.of());

        ConfigMapping top = settings.read(faults).orElseThrow();

        assertThat(top.secret("password")).contains(SecretText.of("hun\nter2"));
        assertThat(top.secret("plain")).contains(SecretText.of("hunter3"));
        assertThat(settings.filesRead()).containsExactlyInAnyOrder(file, secret);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void refuses_secret_files_that_are_empty_too_long_or_no_text() throws IOException {
        Files.writeString(file.resolveSibling("empty"), "\n");
        Files.writeString(file.resolveSibling("long"), "x".repeat(65 * 1024));
        Files.write(file.resolveSibling("binary"), new byte[] {(byte) 0xFF, 0x00});
        Files.writeString(file, "a: ${file:empty}\nb: ${file:long}\nc: ${file:binary}\n");

        ConfigMapping top = read().orElseThrow();

        assertThat(List.of(top.secret("a"), top.secret("b"), top.secret("c"))).allMatch(Optional::isEmpty);
        String config = file.getParent().toString();
        assertThat(sentences())
                .containsExactly(
                        "FILE:1:4: a: secret: got nothing, wanted at least one character",
                        "FILE:2:4: b: got ${file:long}, but " + config + "/long is longer than 64 kB, wanted less",
                        "FILE:3:4: c: got ${file:binary}, but " + config
                                + "/binary got the byte 0xFF, wanted UTF-8: save the file again in that encoding");
    }
}
