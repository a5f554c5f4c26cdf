package io.certwright.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.EnumSet;
import java.util.List;

/** A file that comes whole and never over another. Its folder is made where there is none. */
final class NewFile {
    private NewFile() {}

    /** Whether it was written now. Of two that write at once, one does. */
    static boolean create(Path file, byte[] content) throws IOException {
        return create(file, content, false);
    }

    /** As {@link #create}, readable by its owner alone. */
    static boolean createForOwner(Path file, byte[] content) throws IOException {
        return create(file, content, true);
    }

    private static boolean create(Path file, byte[] content, boolean ownerOnly) throws IOException {
        Path place = file.toAbsolutePath();
        Files.createDirectories(place.getParent());
        // On POSIX a temporary file is its owner's alone from birth.
        Path draft = Files.createTempFile(place.getParent(), ".certwright", ".new");
        try {
            if (ownerOnly) {
                restrictOnWindows(draft);
            }
            Files.write(draft, content);
            Files.createLink(place, draft);
            return true;
        } catch (FileAlreadyExistsException other) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            return moved(draft, place);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean moved(Path draft, Path place) throws IOException {
        try {
            Files.move(draft, place);
            return true;
        } catch (FileAlreadyExistsException other) {
            return false;
        }
    }

    private static void restrictOnWindows(Path file) throws IOException {
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (view != null && !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            view.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }
}
