package io.certwright.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The release as the build left it, unzipped below a folder. */
final class UnzippedRelease {
    private UnzippedRelease() {}

    /** The folder with {@code certwright.cmd}; the test is skipped where nothing was built. */
    static Path below(Path folder) throws IOException {
        Path zip = Path.of("target", "certwright-0.1.0.zip").toAbsolutePath();
        Assumptions.assumeTrue(Files.exists(zip), "there is no " + zip + ": mvn verify builds it");
        try (FileSystem packed = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of());
                Stream<Path> files = Files.walk(packed.getPath("/"))) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Path target = folder.resolve("." + file).normalize();
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return folder.resolve("certwright-0.1.0");
    }
}
