package io.certwright.store.postgres.embedded;

import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh folder for an embedded server for each test, with the binaries of the build linked in: unpacking is tested once, not in every
 * test. Not a temporary folder of JUnit's, which warns of such links.
 */
final class EmbeddedFolder implements BeforeEachCallback, AfterEachCallback {
    private Path parent;

    /** Where the server's folder is, and room for others. */
    Path parent() {
        return parent;
    }

    Path folder() {
        return parent.resolve("postgres");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException, LifecycleException {
        Path tests = Path.of("target", "test-embedded").toAbsolutePath();
        Files.createDirectories(tests);
        parent = Files.createTempDirectory(tests, "");
        OwnerOnly.ensureFolder(folder());
        Path unpacked = binaries();
        Files.createSymbolicLink(folder().resolve(unpacked.getFileName()), unpacked);
    }

    private static Path binaries() throws IOException, LifecycleException {
        Path shared = Path.of("target", "test-binaries").toAbsolutePath();
        OwnerOnly.ensureFolder(shared);
        return new StartLock(shared.resolve("lock"), Duration.ofMinutes(2), Patience.real())
                .holding(() -> new PostgresBinaries(shared, Platform.current()).ensureUnpacked());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Folders.delete(parent);
    }
}
