package io.certwright.binding.files;

import io.certwright.failure.AtomicMove;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Replaces several files: first all new ones are written whole beside the old ones and forced to the disk, then each takes its
 * place in one step. Whatever fails before the first step, a full disk above all, changes nothing.
 */
final class Replacement implements AutoCloseable {
    private record Staged(Path written, Path target) {}

    private final List<Staged> staged = new ArrayList<>();

    /** Writes the new content beside {@code target}, for its owner alone until the rights are set. */
    void stage(Path target, FileState next) throws LifecycleException {
        Path folder = folderOf(target);
        Path beside = folder.resolve("." + target.getFileName() + ".certwright-new");
        try {
            Files.deleteIfExists(beside);
            staged.add(new Staged(beside, target));
            write(beside, next.content());
            next.rights().applyTo(beside);
        } catch (IOException failed) {
            throw FileFailure.of("write", target, failed);
        }
    }

    /** Puts all that is staged in place. */
    void commit() throws LifecycleException {
        for (Staged file : staged) {
            try {
                AtomicMove.replace(file.written(), file.target());
                force(folderOf(file.target()));
            } catch (IOException failed) {
                throw FileFailure.of("replace", file.target(), failed);
            }
        }
        staged.clear();
    }

    static void delete(Path file) throws LifecycleException {
        try {
            if (Files.deleteIfExists(file)) {
                force(folderOf(file));
            }
        } catch (IOException failed) {
            throw FileFailure.of("delete", file, failed);
        }
    }

    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                FileRights.ownerOnly(folderOf(file)))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Makes a rename survive a power cut; Windows does so itself and cannot open a folder. */
    static void force(Path folder) throws IOException {
        if (FileRights.isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("got the path " + file + ", wanted a file in a folder");
        }
        return folder;
    }

    /** Removes what was staged and did not take its place. */
    @Override
    public void close() throws LifecycleException {
        for (Staged file : staged) {
            try {
                Files.deleteIfExists(file.written());
            } catch (IOException failed) {
                throw FileFailure.of("remove", file.written(), failed);
            }
        }
    }
}
