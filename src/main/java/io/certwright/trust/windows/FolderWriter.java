package io.certwright.trust.windows;

import io.certwright.failure.AtomicMove;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The four changes that are made to a package folder; each is a point where a disk can fail or a machine can die. */
interface FolderWriter {
    /** A new file that is on the disk, not merely in a cache, when this returns. */
    void write(Path file, byte[] content) throws IOException;

    /** One step, taking the place of a file that is there; a reader sees the old one or the new one. */
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    void createFolder(Path folder) throws IOException;

    static FolderWriter toDisk() {
        return new ToDisk();
    }

    /** The real one. */
    final class ToDisk implements FolderWriter {
        private ToDisk() {}

        @Override
        public void write(Path file, byte[] content) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            AtomicMove.replace(from, to);
            syncFolderOf(to);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            Files.createDirectories(folder);
        }

        /** Windows has no such call and needs none: its moves are journalled. */
        private static void syncFolderOf(Path file) throws IOException {
            Path folder = file.getParent();
            if (folder != null && folder.getFileSystem().getSeparator().equals("/")) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    }
}
