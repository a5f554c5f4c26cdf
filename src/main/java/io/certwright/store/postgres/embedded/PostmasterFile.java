package io.certwright.store.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server writes about itself into its data folder ({@code postmaster.pid}): process, folder, port, status. It stays behind when
 * the server is killed, so it is a claim to be checked.
 *
 * @param pid the server's process id, in this system's numbering
 * @param folder the data folder as the server was told it
 * @param port 0 while the server has not got that far
 * @param status {@code starting}, {@code ready}, {@code stopping}, or empty
 */
record PostmasterFile(long pid, String folder, int port, String status) {
    /** Larger than any process id on Linux or Windows, and still a number to PostgreSQL. */
    private static final String NOBODY = "2147483647";

    static Optional<PostmasterFile> find(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(path(data));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        // A pid file is written in pieces: what is not there yet reads as nothing.
        return Optional.of(new PostmasterFile(
                number(lines, 0), line(lines, 1), Math.toIntExact(number(lines, 3)), line(lines, 7)));
    }

    private static Path path(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    private static long number(List<String> lines, int index) {
        String text = line(lines, index);
        return text.matches("-?[0-9]{1,10}") ? Math.abs(Long.parseLong(text)) : 0;
    }

    boolean isReady() {
        return status.equals("ready") && port > 0;
    }

    /**
     * Whether the process it names is there and a PostgreSQL server, not another process that got the same number, nor one that is
     * dead and only waits to be collected (that one has no command any more).
     */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).getFileName())
                .filter(name -> name.toString().replace(".exe", "").equals("postgres"))
                .isPresent();
    }

    /** Whether it tells of a running server on this very data folder, and not of the one that the folder is a copy of. */
    boolean isOf(Path data) {
        try {
            return isAlive() && Files.isSameFile(Path.of(folder), data);
        } catch (IOException | InvalidPathException elsewhere) {
            return false;
        }
    }

    /**
     * Makes a remnant harmless. PostgreSQL refuses to start while the named process exists, whatever it is, so a number that is another's by
     * now is replaced by one that is nobody's. The file itself stays: by its last lines PostgreSQL sees that a killed server's children still
     * work. Only a file without a number goes: PostgreSQL could make nothing of it.
     */
    void disown(Path data) throws IOException {
        if (pid == 0) {
            Files.deleteIfExists(path(data));
        } else if (ProcessHandle.of(pid).isPresent()) {
            List<String> lines = Files.readAllLines(path(data));
            OwnerOnly.write(path(data), NOBODY + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n");
        }
    }
}
