package io.certwright.store.postgres.embedded;

import io.certwright.failure.AtomicMove;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a folder whose name tells version and content, so that an update never mixes
 * with what is there. The folder appears whole or not at all. Called under the {@link StartLock}.
 */
final class PostgresBinaries {
    /** The release whose archives the build depends on. */
    static final String VERSION = "17.11";

    static final String MAJOR = "17";

    private static final int FLUSHING_THREADS = 16;

    private final Path home;
    private final Platform platform;

    PostgresBinaries(Path home, Platform platform) {
        this.home = home;
        this.platform = platform;
    }

    /** The folder with {@code bin}, {@code lib} and {@code share}. */
    Path ensureUnpacked() throws IOException, LifecycleException {
        URL archive = archive();
        Path unpacked = home.resolve("bin-" + VERSION + "-" + checksum(archive));
        if (!isWhole(unpacked)) {
            Folders.delete(unpacked);
            Path draft = home.resolve("unpacking-" + UUID.randomUUID());
            unpack(archive, draft);
            makeDurable(draft);
            AtomicMove.replace(draft, unpacked);
        }
        return unpacked;
    }

    private boolean isWhole(Path unpacked) {
        return Files.isRegularFile(unpacked.resolve("bin").resolve(platform.executable("postgres")))
                && Files.isRegularFile(unpacked.resolve("bin").resolve(platform.executable("pg_ctl")))
                && Files.isRegularFile(unpacked.resolve("bin").resolve(platform.executable("initdb")));
    }

    private URL archive() throws LifecycleException {
        URL archive = PostgresBinaries.class.getResource("/" + platform.archive());
        if (archive == null) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "EMBEDDED_PLATFORM",
                    "embedded PostgreSQL: " + platform.archive()
                            + " is not in this distribution; take the one for this system, or name a server of your own by database.url");
        }
        return archive;
    }

    /** Of the archive's content; a jar's directory knows it already. */
    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (JarFile opened = jar.getJarFile()) {
                return "%08x".formatted(opened.getEntry(jar.getEntryName()).getCrc());
            }
        }
        try (CheckedInputStream bytes = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return "%08x".formatted(bytes.getChecksum().getValue());
        }
    }

    private void unpack(URL archive, Path into) throws IOException {
        Files.createDirectories(into);
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                unpack(tar, entry, into);
                entry = tar.getNextEntry();
            }
        }
    }

    private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("archive entry leads out of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if (!platform.isWindows() && (entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** All at once: the disk is flushed a few times for a thousand files instead of a thousand times. */
    private static void makeDurable(Path folder) throws IOException, LifecycleException {
        ExecutorService pool = Executors.newFixedThreadPool(FLUSHING_THREADS);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Callable<Boolean>> flushes = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> (Callable<Boolean>) () -> flush(file))
                    .toList();
            for (Future<Boolean> flushed : pool.invokeAll(flushes)) {
                flushed.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException(String.valueOf(failure.getCause()), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "EMBEDDED_INTERRUPTED", "embedded PostgreSQL: interrupted", interruption);
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean flush(Path file) throws IOException {
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(false);
            return true;
        }
    }
}
