package io.certwright.failure;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that could not be replaced, most likely because another program has it open, which only Windows minds. */
public final class OpenFileException extends FileSystemException {
    private static final long serialVersionUID = 1;

    OpenFileException(Path file, FileSystemException cause) {
        super(
                file.toString(),
                null,
                "another program has it open or this account may not replace it; close it there, or give this account the right to change it");
        initCause(cause);
    }
}
