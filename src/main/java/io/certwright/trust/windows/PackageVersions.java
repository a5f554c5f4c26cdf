package io.certwright.trust.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code versions/}: the last packages of a group, each whole in a folder of its own that appears in one step and is never
 * changed. What went out once can be looked at and given out again.
 */
final class PackageVersions {
    private static final int KEPT = 5;
    private static final int NAME_LENGTH = 16;

    private final Path folder;
    private final Path versions;
    private final FolderWriter writer;

    PackageVersions(Path folder, FolderWriter writer) {
        this.folder = folder;
        this.versions = folder.resolve("versions");
        this.writer = writer;
    }

    void ensureHas(List<PackageFile> files) throws IOException {
        Path version = versionOf(files);
        if (isWhole(version, files)) {
            return;
        }
        Path unfinished = folder.resolve(PresentFiles.UNFINISHED + version.getFileName());
        writer.createFolder(versions);
        writer.createFolder(unfinished);
        for (PackageFile file : files) {
            writer.write(unfinished.resolve(file.name()), file.content());
        }
        remove(version);
        writer.move(unfinished, version);
    }

    /** Names of files that earlier versions had and this one has not: ours, and nobody else's, to take away. */
    Set<String> namesWithout(List<PackageFile> files) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path version : all()) {
            PresentFiles.listOf(version)
                    .forEach(file -> names.add(file.getFileName().toString()));
        }
        names.removeAll(files.stream().map(PackageFile::name).collect(Collectors.toSet()));
        return names;
    }

    void removeOld(List<PackageFile> present) throws IOException {
        List<Path> byAge = new ArrayList<>();
        for (Path version : all()) {
            if (!version.equals(versionOf(present))) {
                byAge.add(version);
            }
        }
        List<Path> newestFirst = byAge.stream()
                .sorted(Comparator.comparing(PackageVersions::lastModified).reversed())
                .toList();
        for (Path version : newestFirst.subList(Math.min(KEPT - 1, newestFirst.size()), newestFirst.size())) {
            remove(version);
        }
    }

    private List<Path> all() throws IOException {
        return PresentFiles.listOf(versions).stream().filter(Files::isDirectory).toList();
    }

    private Path versionOf(List<PackageFile> files) {
        return versions.resolve(files.get(files.size() - 1).sha256().substring(0, NAME_LENGTH));
    }

    private static boolean isWhole(Path version, List<PackageFile> files) throws IOException {
        if (!Files.isDirectory(version)) {
            return false;
        }
        for (PackageFile file : files) {
            if (!PresentFiles.holds(version, file)) {
                return false;
            }
        }
        return true;
    }

    private void remove(Path version) throws IOException {
        if (Files.isDirectory(version)) {
            for (Path file : PresentFiles.listOf(version)) {
                writer.delete(file);
            }
            writer.delete(version);
        }
    }

    /** Zero for a version that another process takes away at this moment. */
    private static long lastModified(Path version) {
        return version.toFile().lastModified();
    }
}
