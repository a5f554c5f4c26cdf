package io.certwright.binding.files;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.failure.OpenFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** One sentence for each way in which a file can refuse. */
final class FileFailure {
    private FileFailure() {}

    static LifecycleException of(String doing, Path file, IOException failure) {
        String reason = reasonOf(failure);
        if (reason.contains("No space left") || reason.contains("not enough space") || reason.contains("quota")) {
            return failed(
                    FailureKind.INTERNAL,
                    "DISK_FULL",
                    doing,
                    file,
                    "the disk is full; make room, nothing was changed there",
                    failure);
        }
        return failed(FailureKind.REFUSED, "FILE_NOT_USABLE", doing, file, why(file, failure, reason), failure);
    }

    /** Without the paths that a file's own message begins with. */
    private static String reasonOf(IOException failure) {
        Optional<String> alone = failure instanceof FileSystemException known
                ? Optional.ofNullable(known.getReason())
                : Optional.empty();
        return alone.or(() -> Optional.ofNullable(failure.getMessage())).orElse("");
    }

    static LifecycleException refused(String doing, Path file, String why) {
        return new LifecycleException(FailureKind.REFUSED, "FILE_NOT_USABLE", sentence(doing, file, why));
    }

    private static String why(Path file, IOException failure, String reason) {
        if (failure instanceof NoSuchFileException) {
            return "its folder " + Printable.quote(String.valueOf(file.getParent()))
                    + " is not there; create it or correct the path";
        }
        if (reason.contains("Read-only file system")) {
            return "its file system is read-only; mount it writable or choose another path";
        }
        if (failure instanceof OpenFileException open) {
            return open.getReason();
        }
        if (reason.contains("being used by another process")) {
            return "another program has it open; let that program share it, or stop it for the change";
        }
        if (reason.contains("Operation not permitted")) {
            return "its owner or mode cannot be kept; run Certwright as its owner or as an administrator";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied; give Certwright's account the right to write there, or close the program that has"
                    + " it open";
        }
        return Printable.escape(reason, 160) + "; check the path and its permissions";
    }

    private static LifecycleException failed(
            FailureKind kind, String code, String doing, Path file, String why, IOException cause) {
        return new LifecycleException(kind, code, sentence(doing, file, why), cause);
    }

    private static String sentence(String doing, Path file, String why) {
        return "files: cannot " + doing + " " + Printable.escape(file.toString(), 200) + ": " + why;
    }
}
