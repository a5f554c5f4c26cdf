package io.certwright.store.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the server logs from now on, over all files of its log folder. */
final class ServerLog {
    private static final int LONGEST = 64 * 1024;

    private final Path folder;
    private final Map<Path, Long> sizes;

    private ServerLog(Path folder, Map<Path, Long> sizes) {
        this.folder = folder;
        this.sizes = sizes;
    }

    /** Remembers how much there is already, and drops what earlier starts said. */
    static ServerLog begin(Layout layout) throws IOException {
        Files.deleteIfExists(layout.startLog());
        Map<Path, Long> sizes = new HashMap<>();
        for (Path file : files(layout.logs())) {
            sizes.put(file, Files.size(file));
        }
        return new ServerLog(layout.logs(), sizes);
    }

    String since() throws IOException {
        StringBuilder said = new StringBuilder();
        for (Path file : files(folder)) {
            byte[] bytes = Files.readAllBytes(file);
            int known = Math.toIntExact(Math.min(sizes.getOrDefault(file, 0L), bytes.length));
            int length = Math.min(bytes.length - known, LONGEST);
            said.append(new String(bytes, known, length, StandardCharsets.UTF_8))
                    .append('\n');
        }
        return said.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
