package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationVersionsTest {
    @Test
    void are_those_of_the_files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("sql"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("V[0-9]{3}__[a-z_]+\\.sql"))
                    .extracting(name -> Integer.valueOf(name.substring(1, 4)))
                    .containsExactlyInAnyOrderElementsOf(Migrations.VERSIONS);
        }
    }
}
