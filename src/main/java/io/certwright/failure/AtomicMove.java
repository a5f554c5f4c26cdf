package io.certwright.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A file or folder takes its place in one step, over whatever was there. Windows moves nothing that a program has open, and backup and
 * virus scanners open whatever is new for a moment: there it is tried again for a while.
 */
public final class AtomicMove {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private AtomicMove() {}

    /**
     * Moves it, on the same disk.
     *
     * @throws OpenFileException where another program still has one of the two open after three seconds
     */
    public static void replace(Path from, Path to) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isMoved(from, to, System.nanoTime() > end)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isMoved(Path from, Path to, boolean isLast) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (FileSystemException refused) {
            if (isPosix(from) || !isAboutUse(refused)) {
                throw refused;
            }
            if (isLast || Thread.currentThread().isInterrupted()) {
                throw new OpenFileException(to, refused);
            }
            return false;
        }
    }

    /** Windows says that access is denied of what others have open, or in a class without a name that it is in use. */
    private static boolean isAboutUse(FileSystemException refused) {
        return refused instanceof AccessDeniedException || refused.getClass() == FileSystemException.class;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
