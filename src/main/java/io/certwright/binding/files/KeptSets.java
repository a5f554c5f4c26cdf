package io.certwright.binding.files;

import io.certwright.failure.AtomicMove;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Former sets of files, each in a folder named by its digest, with the rights that they had. They hold private keys, so the folder
 * above them is its owner's alone. Beside them stands which set the server has read last.
 */
final class KeptSets {
    private static final String READ_BY_SERVER = "read-by-server";

    private final Path folder;

    KeptSets(Path folder) {
        this.folder = folder;
    }

    /** Keeps the set unless it is kept already. It is there whole or not at all. */
    void keep(FileSet set) throws LifecycleException {
        Path kept = folder.resolve(set.digest());
        if (Files.isDirectory(kept)) {
            return;
        }
        Path making = folder.resolve(set.digest() + ".new");
        try {
            ensureFolder();
            remove(making);
            Files.createDirectory(making, FileRights.ownerOnlyFolder(folder));
            for (Map.Entry<FilePart, FileState> file : set.files().entrySet()) {
                Path copy = making.resolve(file.getKey().word());
                Replacement.write(copy, file.getValue().content());
                file.getValue().rights().applyTo(copy);
            }
            Replacement.force(making);
            Files.move(making, kept, StandardCopyOption.ATOMIC_MOVE);
            Replacement.force(folder);
        } catch (IOException failed) {
            throw FileFailure.of("keep the previous files in", kept, failed);
        }
    }

    /** The set that a memento names. */
    FileSet get(String digest) throws LifecycleException {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("kept files: got a memento that this binding did not write");
        }
        if (!Files.isDirectory(folder.resolve(digest))) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "PREVIOUS_FILES_GONE",
                    "files: the previous files are no longer kept in " + folder.resolve(digest)
                            + "; put the server's own backup back, or bind a stored certificate");
        }
        return read(folder.resolve(digest));
    }

    /** The digests of all kept sets. */
    List<String> list() throws LifecycleException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{64}"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw FileFailure.of("list", folder, failed);
        }
    }

    void forget(String digest) throws LifecycleException {
        try {
            remove(folder.resolve(digest));
        } catch (IOException failed) {
            throw FileFailure.of("remove", folder.resolve(digest), failed);
        }
    }

    /** The digest of the set after which the reload command succeeded last; empty from the first change until then. */
    Optional<String> readByServer() throws LifecycleException {
        Path mark = folder.resolve(READ_BY_SERVER);
        try {
            return Files.exists(mark) ? Optional.of(Files.readString(mark)) : Optional.empty();
        } catch (IOException failed) {
            throw FileFailure.of("read", mark, failed);
        }
    }

    void noteReadByServer(String digest) throws LifecycleException {
        Path mark = folder.resolve(READ_BY_SERVER);
        try {
            ensureFolder();
            Path next = folder.resolve(READ_BY_SERVER + ".new");
            Files.deleteIfExists(next);
            Replacement.write(next, digest.getBytes(StandardCharsets.US_ASCII));
            AtomicMove.replace(next, mark);
        } catch (IOException failed) {
            throw FileFailure.of("write", mark, failed);
        }
    }

    void clearReadByServer() throws LifecycleException {
        Replacement.delete(folder.resolve(READ_BY_SERVER));
    }

    private static FileSet read(Path kept) throws LifecycleException {
        Map<FilePart, FileState> files = new EnumMap<>(FilePart.class);
        for (FilePart part : FilePart.values()) {
            try {
                FileState.read(kept.resolve(part.word())).ifPresent(file -> files.put(part, file));
            } catch (IOException failed) {
                throw FileFailure.of("read", kept.resolve(part.word()), failed);
            }
        }
        return new FileSet(files);
    }

    private void ensureFolder() throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, FileRights.ownerOnlyFolder(above == null ? folder : above));
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            found.forEach(entries::add);
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
        Files.deleteIfExists(folder);
    }
}
