package io.certwright.trust.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that readers of a package folder see. */
final class PresentFiles {
    /** How the name of a file or folder begins that is being made and belongs to nobody yet. */
    static final String UNFINISHED = ".new-";

    private final Path folder;
    private final FolderWriter writer;

    PresentFiles(Path folder, FolderWriter writer) {
        this.folder = folder;
        this.writer = writer;
    }

    /** Whether that file is there with those bytes. */
    static boolean holds(Path folder, PackageFile file) throws IOException {
        Path path = folder.resolve(file.name());
        return Files.isRegularFile(path)
                && Files.size(path) == file.content().length
                && Arrays.equals(Files.readAllBytes(path), file.content());
    }

    /** What a crash left half made. */
    void removeLeftovers() throws IOException {
        for (Path leftover : listOf(folder)) {
            if (leftover.getFileName().toString().startsWith(UNFINISHED)) {
                for (Path inside : Files.isDirectory(leftover) ? listOf(leftover) : List.<Path>of()) {
                    writer.delete(inside);
                }
                writer.delete(leftover);
            }
        }
    }

    /** Everything is written beside its place first, so that a full disk is noticed before anything changes. */
    void replaceBy(List<PackageFile> files) throws IOException {
        List<PackageFile> changed = new ArrayList<>();
        for (PackageFile file : files) {
            if (!holds(folder, file)) {
                changed.add(file);
            }
        }
        for (PackageFile file : changed) {
            writer.write(folder.resolve(UNFINISHED + file.name()), file.content());
        }
        Map<Path, Optional<byte[]>> before = new LinkedHashMap<>();
        try {
            for (PackageFile file : changed) {
                Path place = folder.resolve(file.name());
                before.put(
                        place, Files.isRegularFile(place) ? Optional.of(Files.readAllBytes(place)) : Optional.empty());
                writer.move(folder.resolve(UNFINISHED + file.name()), place);
            }
        } catch (IOException failed) {
            putBack(before, failed);
            throw failed;
        }
    }

    private void putBack(Map<Path, Optional<byte[]>> before, IOException failed) {
        for (Map.Entry<Path, Optional<byte[]>> file : before.entrySet()) {
            try {
                putBack(file.getKey(), file.getValue());
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
        }
    }

    private void putBack(Path place, Optional<byte[]> content) throws IOException {
        if (content.isEmpty()) {
            writer.delete(place);
            return;
        }
        Path unfinished = folder.resolve(UNFINISHED + place.getFileName());
        writer.delete(unfinished);
        writer.write(unfinished, content.get());
        writer.move(unfinished, place);
    }

    void remove(Collection<String> names) throws IOException {
        for (String name : names) {
            writer.delete(folder.resolve(name));
        }
    }

    static List<Path> listOf(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
