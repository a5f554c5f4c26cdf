package io.certwright.config;

import io.certwright.failure.AtomicMove;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.slf4j.LoggerFactory;

/**
 * What the parser found in a long settings file, kept beside the data so that the next start need not parse it anew: parsing a
 * thousand certificates takes a third of a short command's time. Of use only while the file is the same to the letter; lost, damaged
 * or of another time it is as if there were none. Holds {@link TreePlaces} and so no word of the settings.
 */
final class KeptTree {
    /** Shorter ones are parsed in no time. */
    private static final int SHORTEST = 16 * 1024;

    /** Changed whenever the numbers, or what the parser makes of a text, mean something else. */
    private static final int FORM = 0x43_57_54_01;

    private static final int HEAD = 2 * Integer.BYTES + 2 * Long.BYTES;
    private static final int LONGEST = 16 * 1024 * 1024;

    private final Path file;

    /** @param file where it is kept; its folder may not be there yet, and then nothing is kept */
    KeptTree(Path file) {
        this.file = file;
    }

    /** The tree of {@code text}, where it is known. */
    Optional<Node> find(String text, String name) {
        if (text.length() < SHORTEST || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) < HEAD || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            ByteBuffer kept = ByteBuffer.wrap(Files.readAllBytes(file));
            if (kept.getInt() != FORM || kept.getInt() != text.length() || kept.getLong() != digest(text)) {
                return Optional.empty();
            }
            long own = kept.getLong();
            return own == digest(kept) ? Optional.of(TreePlaces.of(kept).in(text, name)) : Optional.empty();
        } catch (IOException | RuntimeException damaged) {
            note("The parsed settings in {} are of no use: {}", damaged);
            return Optional.empty();
        }
    }

    /** Keeps the tree for the next start, where it can be kept; a start that cannot keep it is as good. */
    void keep(String text, Node tree) {
        Path folder = file.getParent();
        if (text.length() < SHORTEST || folder == null || !Files.isDirectory(folder)) {
            return;
        }
        TreePlaces.of(tree, text).ifPresent(places -> {
            try {
                Path draft = Files.createTempFile(folder, ".settings", ".new");
                try {
                    Files.write(draft, content(text, places.bytes()));
                    AtomicMove.replace(draft, file);
                } finally {
                    Files.deleteIfExists(draft);
                }
            } catch (IOException unwritable) {
                note("The parsed settings were not kept in {}: {}", unwritable);
            }
        });
    }

    /** Logging is begun here only where there is something to say: to begin it takes longer than all the parsing. */
    private void note(String sentence, Exception why) {
        LoggerFactory.getLogger(KeptTree.class).debug(sentence, file, why.toString());
    }

    private static byte[] content(String text, ByteBuffer places) {
        ByteBuffer content = ByteBuffer.allocate(HEAD + places.remaining());
        content.putInt(FORM).putInt(text.length()).putLong(digest(text)).putLong(digest(places));
        return content.put(places).array();
    }

    private static long digest(String text) {
        return digest(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Against accidents; who may write here may write the settings, too. Both are made by the machine and not by Java, which counts at a start. */
    private static long digest(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        Adler32 adler = new Adler32();
        adler.update(bytes.duplicate());
        return crc.getValue() << 32 | adler.getValue();
    }
}
