package io.certwright.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The versions of the migration files on the class path, found without the migration tool, which takes its time to load. */
final class MigrationFiles {
    private static final Pattern NAME = Pattern.compile("V0*([0-9]+)__\\w+\\.sql");

    private MigrationFiles() {}

    /** Versions as the history table writes them: {@code 20} for {@code V020__issuer_memory.sql}. */
    static Set<Integer> versions(ClassLoader loader, String folder) {
        Set<Integer> versions = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(folder))) {
                fileNames(url, folder).forEach(name -> {
                    Matcher matcher = NAME.matcher(name);
                    if (matcher.matches()) {
                        versions.add(Integer.valueOf(matcher.group(1)));
                    }
                });
            }
        } catch (IOException | URISyntaxException failure) {
            throw new UncheckedIOException(
                    "migration files on the class path cannot be listed: " + failure.getMessage(),
                    new IOException(failure));
        }
        return versions;
    }

    private static Set<String> fileNames(URL url, String folder) throws IOException, URISyntaxException {
        Set<String> names = new TreeSet<>();
        if (url.getProtocol().equals("jar")) {
            URI jar = ((JarURLConnection) url.openConnection()).getJarFileURL().toURI();
            try (JarFile file = new JarFile(Path.of(jar).toFile())) {
                file.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(folder + "/"))
                        .forEach(name -> names.add(name.substring(folder.length() + 1)));
            }
        } else {
            try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
                files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            }
        }
        return names;
    }
}
