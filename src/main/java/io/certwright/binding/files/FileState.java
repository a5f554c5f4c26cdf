package io.certwright.binding.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What a file holds and whose it is. May hold a private key: never shown. */
record FileState(byte[] content, FileRights rights) {
    /** Far above any real certificate: whatever is larger is another file, named by mistake. */
    private static final int LARGEST = 10 * 1024 * 1024;

    /** Empty where nothing is there. */
    static Optional<FileState> read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder, wanted a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("it is larger than 10 MB, so it is no certificate and is not replaced");
            }
            return Optional.of(new FileState(content, FileRights.of(file)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    boolean isSameAs(FileState other) {
        return Arrays.equals(content, other.content)
                && rights.text().equals(other.rights().text());
    }

    @Override
    public String toString() {
        return content.length + " bytes, " + rights.text();
    }
}
