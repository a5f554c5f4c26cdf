package io.certwright.trust.windows;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a group. Its files stand directly in it under names that stay, so that scripts and policies can point at them,
 * and whole in {@code versions/}, named by their manifest. First the version is made whole, then each file of the folder is
 * replaced in one step, the manifest last. A failure puts back what was replaced; a crash is completed by the next publication.
 */
final class PackageFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PackageFolder.class);
    private static final String LOCK = ".lock";
    private static final String REMEDY = "; make room there, or set another folder";

    private final Path folder;
    private final FolderWriter writer;

    PackageFolder(Path folder, FolderWriter writer) {
        this.folder = folder;
        this.writer = writer;
    }

    /** @param files the manifest last */
    void ensureHolds(List<PackageFile> files) throws LifecycleException {
        try {
            writer.createFolder(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                if (lock.isValid()) {
                    replace(files);
                }
            }
        } catch (IOException failed) {
            throw new LifecycleException(FailureKind.INTERNAL, "TRUST_NOT_WRITTEN", sentenceFor(failed), failed);
        }
    }

    /** Whether every file stands there as it should; a folder that cannot be read holds nothing. */
    boolean holds(List<PackageFile> files) {
        try {
            for (PackageFile file : files) {
                if (!PresentFiles.holds(folder, file)) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            LOG.debug("trust package in {}: cannot be read: {}", folder, unreadable.toString());
            return false;
        }
    }

    private void replace(List<PackageFile> files) throws IOException {
        PackageVersions versions = new PackageVersions(folder, writer);
        PresentFiles present = new PresentFiles(folder, writer);
        present.removeLeftovers();
        try {
            versions.ensureHas(files);
            present.replaceBy(files);
        } catch (IOException failed) {
            removeUnfinished(present);
            throw failed;
        }
        tidy(versions, present, files);
    }

    /** Room on a full disk, above all. What cannot be removed now, the next publication removes. */
    private void removeUnfinished(PresentFiles present) {
        try {
            present.removeLeftovers();
        } catch (IOException stays) {
            LOG.debug("trust package in {}: unfinished files stay: {}", folder, stays.toString());
        }
    }

    /** The package is whole by now; what a reader holds open is taken away by a later publication. */
    private void tidy(PackageVersions versions, PresentFiles present, List<PackageFile> files) {
        try {
            present.remove(versions.namesWithout(files));
            versions.removeOld(files);
        } catch (IOException heldOpen) {
            LOG.warn(
                    "trust package in {}: is complete, but old files could not be removed: {}",
                    folder,
                    heldOpen.toString());
        }
    }

    /** Does not wait: whoever comes second is told, and its story tries again. */
    private FileLock lock(FileChannel channel) throws IOException, LifecycleException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            throw busy();
        }
        if (lock == null) {
            throw busy();
        }
        return lock;
    }

    private LifecycleException busy() {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "TRUST_FOLDER_BUSY",
                "trust package in " + folder + ": another publication is writing it now; this one is tried again");
    }

    private String sentenceFor(IOException failed) {
        String kept = failed.getSuppressed().length == 0
                ? "the one before stays: "
                : "and some files are already the new ones, each of them whole; the next publication completes it: ";
        String what = "trust package in " + folder + ": could not be written, " + kept;
        if (failed instanceof AccessDeniedException denied) {
            return what + "access to " + denied.getFile()
                    + " is denied; let the account that runs Certwright write there";
        }
        if (failed instanceof FileAlreadyExistsException && !Files.isDirectory(folder)) {
            return what + failed.getMessage() + " is a file, wanted a folder; set publish-to to a folder";
        }
        if (failed instanceof FileSystemException system && system.getReason() != null) {
            return what + system.getFile() + ": " + system.getReason() + REMEDY;
        }
        return what + failed.getMessage() + REMEDY;
    }
}
