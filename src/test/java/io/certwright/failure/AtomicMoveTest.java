package io.certwright.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What open files do to it on Windows is tried under Wine: {@code app.UnderWineTest}. */
class AtomicMoveTest {
    @TempDir
    Path folder;

    @Test
    void takes_the_place_of_what_was_there() throws Exception {
        Path target = Files.writeString(folder.resolve("a"), "old");
        Path next = Files.writeString(folder.resolve("b"), "new");

        AtomicMove.replace(next, target);

        assertThat(target).hasContent("new");
        assertThat(next).doesNotExist();
    }

    @Test
    void what_is_not_about_use_is_told_as_it_is() {
        assertThatThrownBy(() -> AtomicMove.replace(folder.resolve("absent"), folder.resolve("a")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
