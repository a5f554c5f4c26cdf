package io.certwright.store.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who uses the server: one locked file for each user of it. The system releases the lock of a process that was killed, so a file
 * that can be locked is nobody's. All methods are called under the {@link StartLock}.
 */
final class Leases {
    private final Path folder;
    private final String ofThisProcess;

    Leases(Path folder, ProcessHandle self) {
        this.folder = folder;
        // The start is part of it: in a container every process may have the same id.
        this.ofThisProcess = self.pid() + "-"
                + self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli() + "-";
    }

    Lease take() throws IOException {
        OwnerOnly.ensureFolder(folder);
        Path file = unusedName();
        FileChannel channel = OwnerOnly.open(file);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("a new lease is locked by somebody else: " + file);
        }
        return new Lease(file, channel);
    }

    private Path unusedName() {
        int number = 1;
        while (Files.exists(folder.resolve(ofThisProcess + number + ".lease"))) {
            number++;
        }
        return folder.resolve(ofThisProcess + number + ".lease");
    }

    /** Whether anybody, this process included, holds a lease. Clears away those of dead processes. */
    boolean anyHeld() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        boolean held = false;
        for (Path file : files()) {
            held |= isHeld(file);
        }
        return held;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".lease")).toList();
        }
    }

    private boolean isHeld(Path file) throws IOException {
        // Trap: on POSIX, closing any channel on a file drops all locks that this process has on it. Never open our
        // own.
        if (String.valueOf(file.getFileName()).startsWith(ofThisProcess)) {
            return true;
        }
        try (FileChannel channel = OwnerOnly.open(file);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return true;
            }
        }
        Files.deleteIfExists(file);
        return false;
    }

    /** One user's claim on the server. */
    static final class Lease {
        private final Path file;
        private final FileChannel channel;

        private Lease(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        void release() throws IOException {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
