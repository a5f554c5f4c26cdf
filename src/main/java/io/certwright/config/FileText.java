package io.certwright.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file of text, read whole with a limit; what is wrong with it becomes one sentence. */
final class FileText {
    private final Optional<String> text;
    private final String fault;
    private final Position position;

    private FileText(Optional<String> text, String fault, Position position) {
        this.text = text;
        this.fault = fault;
        this.position = position;
    }

    /** @param name how the file is called in messages */
    static FileText read(Path file, String name, int longest) {
        Position whole = Position.ofWhole(name);
        if (Files.isDirectory(file)) {
            return new FileText(Optional.empty(), "is a folder, wanted a file", whole);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // Opening a pipe that nobody writes to would wait for ever.
            return new FileText(Optional.empty(), "is no ordinary file, wanted one", whole);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(longest + 1);
            return bytes.length > longest
                    ? new FileText(Optional.empty(), "is longer than " + longest / 1024 + " kB, wanted less", whole)
                    : decode(bytes, name);
        } catch (NoSuchFileException absent) {
            return new FileText(Optional.empty(), "does not exist, wanted a file", whole);
        } catch (AccessDeniedException denied) {
            return new FileText(Optional.empty(), "may not be read by this user, wanted a readable file", whole);
        } catch (IOException failure) {
            return new FileText(Optional.empty(), "cannot be read: " + failure.getMessage(), whole);
        }
    }

    private static FileText decode(byte[] bytes, String name) {
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            return new FileText(
                    Optional.empty(),
                    "is UTF-16, wanted UTF-8: save it again in that encoding",
                    Position.ofWhole(name));
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length - start);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        String decoded = out.flip().toString();
        if (result.isError()) {
            String sentence = String.format(
                    "got the byte 0x%02X, wanted UTF-8: save the file again in that encoding", in.get(in.position()));
            return new FileText(
                    Optional.empty(), sentence, positionOf(decoded, decoded.codePointCount(0, decoded.length()), name));
        }
        return new FileText(Optional.of(decoded), "", Position.ofWhole(name));
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where in the text its code point number {@code index} stands, from 0. */
    static Position positionOf(String text, int index, String file) {
        int line = 1;
        int column = 1;
        int end = text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            boolean breaks = text.charAt(i) == '\n';
            line += breaks ? 1 : 0;
            column = breaks ? 1 : column + 1;
        }
        return new Position(file, line, column);
    }

    /** Empty if something is wrong with the file. */
    Optional<String> text() {
        return text;
    }

    /** What is wrong, to be read after the file's name. */
    String fault() {
        return fault;
    }

    /** Where in the file that is. */
    Position position() {
        return position;
    }
}
