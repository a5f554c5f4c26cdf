package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTreeTest {
    private static final String MANY = "certificates:\n"
            + IntStream.range(0, 400)
                    .mapToObj(i -> "  c" + i + ": { dns: [c" + i + ".contoso.com, \"größer\"], on: true, note: ~ }\n")
                    .collect(Collectors.joining());

    @TempDir
    private Path folder;

    private Path kept;

    @BeforeEach
    void a_folder_as_in_a_release() throws IOException {
        Files.createDirectory(folder.resolve("config"));
        kept = Files.createDirectory(folder.resolve("data")).resolve("settings.places");
    }

    private Node read(String text) throws IOException {
        Path file = folder.resolve("config").resolve("certwright.yml");
        Files.writeString(file, text);
        Faults faults = new Faults();
        new SettingsFile(file, Map.of()).read(faults);
        assertThat(faults.list()).isEmpty();
        return new KeptTree(kept).find(text, "c.yml").orElse(null);
    }

    private static Node parsed(String text) {
        return YamlTree.parse(text, "c.yml", new Faults()).orElseThrow();
    }

    @Test
    void a_long_file_is_known_the_second_time_with_every_place_in_it() throws IOException {
        assertThat(read(MANY)).isEqualTo(parsed(MANY));
        assertThat(read(MANY)).isEqualTo(parsed(MANY));
    }

    @Test
    void a_text_of_the_same_length_that_differs_in_one_letter_is_another() throws IOException {
        read(MANY);

        assertThat(new KeptTree(kept).find(MANY.replace("c399.contoso", "d399.contoso"), "c.yml"))
                .isEmpty();
    }

    @Test
    void what_is_kept_names_no_word_of_the_settings() throws IOException {
        read(MANY + "password: hunter2-and-more\n");

        String bytes = Files.readString(kept, StandardCharsets.ISO_8859_1);

        assertThat(bytes).doesNotContain("hunter2").doesNotContain("contoso").hasSizeGreaterThan(10_000);
    }

    @Test
    void what_is_damaged_cut_short_or_grown_is_as_if_there_were_none() throws IOException {
        read(MANY);
        byte[] whole = Files.readAllBytes(kept);
        Random random = new Random(20261129);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(kept, damaged);
            assertThat(new KeptTree(kept).find(MANY, "c.yml")).isEmpty();
        }
        for (int length : List.of(0, 1, 23, 24, whole.length / 2, whole.length - 1)) {
            Files.write(kept, java.util.Arrays.copyOf(whole, length));
            assertThat(new KeptTree(kept).find(MANY, "c.yml")).isEmpty();
        }
        Files.write(kept, whole);
        Files.write(kept, new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(new KeptTree(kept).find(MANY, "c.yml")).isEmpty();
        assertThat(read(MANY)).isEqualTo(parsed(MANY));
    }

    @Test
    void faulty_settings_are_not_kept_and_their_faults_are_told_each_time() throws IOException {
        Path file = folder.resolve("config").resolve("certwright.yml");
        Files.writeString(file, MANY + "certificates: {}\n");

        for (int i = 0; i < 2; i++) {
            Faults faults = new Faults();
            new SettingsFile(file, Map.of()).read(faults);
            assertThat(faults.list()).hasSize(1);
        }
        assertThat(kept).doesNotExist();
    }

    @Test
    void without_a_data_folder_nothing_is_made() throws IOException {
        Files.delete(kept.getParent());

        assertThat(read(MANY)).isNull();
        assertThat(kept.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain: 'it''s'\n",
                "escaped: \"a\\tb\"\n",
                "block: |\n  one\n  two\n",
                "folded: one\n  two\n",
                "? complex\n: value\n",
                "'quoted key': [a, 'b', \"c\"]\n",
                "'\"': 'single'\n",
                "nothing:\nempty: ''\n",
                "flow: {a: , b: [ ], c: { }}\n",
                "tab:\tvalue\r\nnext: \"größe 😀\" # more\r\nafter: x\r\n"
            })
    void of_whatever_form_a_tree_comes_back_whole_or_not_at_all(String yaml) {
        Node tree = parsed(yaml);

        Optional<Node> again = TreePlaces.of(tree, yaml).map(places -> places.in(yaml, "c.yml"));

        assertThat(again.orElse(tree)).isEqualTo(tree);
        assertThat(again.isEmpty()).isEqualTo(yaml.contains("''s") || yaml.contains("\\t") || yaml.contains("one"));
    }
}
