package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code key rotate|new}: the master key, under which every private key is sealed. */
@Command(
        name = "key",
        description = "Replaces the master key, under which every private key is sealed.",
        subcommands = {KeyCommand.Rotate.class, KeyCommand.New.class})
final class KeyCommand {
    /** A new one in place of the old one. */
    @Command(
            name = "rotate",
            description = {
                "Puts a new master key in place of the old one and seals every key anew.",
                "Killed half-way it is finished by running it again. A service that runs goes on with the new one by itself."
            })
    static final class Rotate implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            KeyRoom.Rotated rotated = rooms.keys().rotate();
            List<String> lines = new ArrayList<>();
            lines.add("master key " + rotated.activeId() + " is in force: " + rotated.resealed()
                    + (rotated.resealed() == 1 ? " key was" : " keys were") + " sealed anew");
            lines.add(whatNow(rotated));
            screen.answer(Answer.of(
                    lines,
                    json -> json.put("masterKey", rotated.activeId())
                            .put("resealed", rotated.resealed())
                            .putTexts("replaced", rotated.old())
                            .put("oldRemoved", rotated.dropped())));
            return ExitCode.DONE;
        }

        private static String whatNow(KeyRoom.Rotated rotated) {
            return rotated.dropped()
                    ? "Back up the master key file now: the backup from before no longer opens anything."
                    : "Nothing is sealed under " + String.join(", ", rotated.old())
                            + " any more: take it away wherever Certwright runs on this database.";
        }
    }

    /** One for people to put where it is wanted. */
    @Command(
            name = "new",
            description =
                    "Writes a new master key to a file, for those who keep it in CERTWRIGHT_MASTER_KEY or on several nodes.")
    static final class New implements CommandBody {
        @Option(names = "--out", required = true, paramLabel = "FILE", description = "Must not be there yet.")
        private Path out = Path.of("");

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            String id = rooms.keys().makeNew(out);
            screen.answer(Answer.of(
                    "new master key " + id + " written to " + out + ", readable by you alone",
                    json -> json.put("masterKey", id).put("file", out.toString())));
            return ExitCode.DONE;
        }
    }
}
