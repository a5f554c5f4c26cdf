package io.certwright.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The inputs that fuzzing found worth keeping, one zip for each target under {@code src/test/resources/fuzz}. */
final class FuzzCorpus {
    /** Beyond this an input is not worth its place in the repository. */
    private static final int LONGEST = 32 * 1024;

    private static final int MOST = 150;

    private FuzzCorpus() {}

    /** {@code unpack TARGET FOLDER} to go on fuzzing from it, {@code pack TARGET FOLDER ZIP} to keep what was found. */
    public static void main(String[] words) throws IOException {
        FuzzTarget target = FuzzTarget.valueOf(words[1].toUpperCase(Locale.ROOT));
        if (words[0].equals("unpack")) {
            unpack(target, Path.of(words[2]));
        } else {
            pack(Path.of(words[2]), Path.of(words[3]));
        }
    }

    /** All that is kept for a target, and its seeds. */
    static List<byte[]> inputs(FuzzTarget target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        try (InputStream kept = FuzzCorpus.class.getResourceAsStream("/fuzz/" + target.folder() + ".zip")) {
            if (kept != null) {
                inputs.addAll(entriesOf(kept));
            }
        }
        return inputs;
    }

    static void unpack(FuzzTarget target, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<byte[]> inputs = inputs(target);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(folder.resolve("input-" + i), inputs.get(i));
        }
    }

    private static List<byte[]> entriesOf(InputStream kept) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(kept)) {
            while (zip.getNextEntry() != null) {
                entries.add(zip.readAllBytes());
            }
        }
        return entries;
    }

    /** The shortest inputs first: what is left out when there are too many is the least telling. */
    private static void pack(Path folder, Path target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        inputs.removeIf(input -> input.length > LONGEST);
        inputs.sort((one, other) -> Integer.compare(one.length, other.length));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            for (int i = 0; i < Math.min(MOST, inputs.size()); i++) {
                ZipEntry entry = new ZipEntry(String.format(Locale.ROOT, "%03d", i));
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(inputs.get(i));
                zip.closeEntry();
            }
        }
    }
}
