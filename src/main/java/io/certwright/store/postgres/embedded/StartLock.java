package io.certwright.store.postgres.embedded;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One process at a time starts, stops, or counts leases. The system releases the lock when its holder dies. */
final class StartLock {
    private final Path file;
    private final Duration limit;
    private final Patience patience;

    StartLock(Path file, Duration limit, Patience patience) {
        this.file = file;
        this.limit = limit;
        this.patience = patience;
    }

    <T> T holding(Action<T> action) throws LifecycleException, IOException {
        try (FileChannel channel = OwnerOnly.open(file)) {
            if (!patience.await(limit, () -> tryLock(channel).isPresent())) {
                throw new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "EMBEDDED_BUSY",
                        "embedded PostgreSQL: another process has been starting or stopping it for " + limit.toSeconds()
                                + " s (it holds " + file + "); wait for that process, or end it");
            }
            return action.run();
        }
    }

    private Optional<FileLock> tryLock(FileChannel channel) throws LifecycleException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldByAnotherThreadOfThisProcess) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "EMBEDDED_LOCK",
                    "embedded PostgreSQL: the file system cannot lock " + file + ": " + failure.getMessage()
                            + "; put the folder on a local disk",
                    failure);
        }
    }

    @FunctionalInterface
    interface Action<T> {
        T run() throws LifecycleException, IOException;
    }
}
