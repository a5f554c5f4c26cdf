package io.certwright.cli;

import io.certwright.certificate.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a person names on the command line. */
final class GivenFile {
    private static final int LARGEST = 10;

    private GivenFile() {}

    /** All of it, up to 10 MB. */
    static byte[] read(String option, Path file) {
        return read(option, file, LARGEST);
    }

    /** All of it, up to {@code megabytes}. */
    static byte[] read(String option, Path file, int megabytes) {
        int largest = megabytes * 1024 * 1024;
        String what = option + " " + Printable.quote(file.toString());
        if (Files.isDirectory(file)) {
            throw new WrongUsage(what + ": that is a folder, wanted a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(largest + 1);
            if (content.length > largest) {
                throw new WrongUsage(what + ": it is larger than " + megabytes + " MB; that is not the file meant");
            }
            return content;
        } catch (NoSuchFileException absent) {
            throw new WrongUsage(what + ": it is not there; check the path");
        } catch (IOException unreadable) {
            throw new WrongUsage(what + ": it cannot be read ("
                    + unreadable.getClass().getSimpleName() + "); check its permissions");
        }
    }
}
