package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two commands say; the rotation itself is shown on real tables in KeyRotationTest. */
class KeyCommandTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    private Path folder;

    private KeyRoom.Rotated rotated = new KeyRoom.Rotated("2B", 3, List.of("1A"), true);

    private final class ScriptedKeys implements KeyRoom {
        @Override
        public Rotated rotate() {
            return rotated;
        }

        @Override
        public String makeNew(Path file) throws LifecycleException {
            if (Files.exists(file)) {
                throw new LifecycleException(FailureKind.REFUSED, "THERE_ALREADY", file + ": it is there already");
            }
            return "3C";
        }
    }

    private Run run(String... words) {
        return Run.of(
                OpenedHouse.of(new ClosedRooms() {
                    @Override
                    public KeyRoom keys() {
                        return new ScriptedKeys();
                    }
                }),
                words);
    }

    @Test
    void says_how_many_keys_were_sealed_anew_and_what_to_back_up() {
        assertThat(run("key", "rotate"))
                .isEqualTo(new Run(
                        0,
                        "master key 2B is in force: 3 keys were sealed anew" + NL
                                + "Back up the master key file now: the backup from before no longer opens anything."
                                + NL,
                        ""));
        assertThat(run("key", "rotate", "--json").out())
                .isEqualTo("{\"masterKey\":\"2B\",\"resealed\":3,\"replaced\":[\"1A\"],\"oldRemoved\":true}" + NL);
    }

    @Test
    void tells_which_old_key_a_person_has_to_take_away() {
        rotated = new KeyRoom.Rotated("2B", 1, List.of("1A", "0F"), false);

        assertThat(run("key", "rotate").out().lines())
                .containsExactly(
                        "master key 2B is in force: 1 key was sealed anew",
                        "Nothing is sealed under 1A, 0F any more: take it away wherever Certwright runs on this database.");
    }

    @Test
    void names_the_file_of_a_new_key() {
        Path file = folder.resolve("new.key");

        assertThat(run("key", "new", "--out", file.toString()))
                .isEqualTo(new Run(0, "new master key 3C written to " + file + ", readable by you alone" + NL, ""));
    }

    @Test
    void ends_by_the_kind_of_a_failure_and_wants_a_file() throws Exception {
        Path file = Files.writeString(folder.resolve("old.key"), "kept");

        assertThat(run("key", "new", "--out", file.toString()))
                .isEqualTo(new Run(1, "", "certwright: " + file + ": it is there already" + NL));
        assertThat(run("key", "new").exit()).isEqualTo(2);
        assertThat(file).hasContent("kept");
    }
}
