package io.certwright.binding.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who owns a file and who may do what with it: owner, group and mode, or the access control list of Windows. */
sealed interface FileRights {
    /** Makes the file's rights these. */
    void applyTo(Path file) throws IOException;

    /** The same text for the same rights. */
    String text();

    /** Those of a file that exists. */
    static FileRights of(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            PosixFileAttributes now = posix.readAttributes();
            return new Posix(Optional.of(now.owner()), Optional.of(now.group()), now.permissions());
        }
        return new Acl(
                Files.getFileAttributeView(file, AclFileAttributeView.class).getAcl());
    }

    /** Those of a new file: the mode is octal; Windows grants what the folder hands down, or the owner alone for a key. */
    static FileRights ofNew(Path folder, int mode, boolean secret) throws IOException {
        if (isPosix(folder)) {
            return new Posix(Optional.empty(), Optional.empty(), permissions(mode));
        }
        return secret ? new Acl(List.of(ownerAlone(folder))) : new Inherited();
    }

    /** What a file with a key is created with, so that not even its first byte is there for others. */
    static FileAttribute<?> ownerOnly(Path folder) throws IOException {
        return isPosix(folder)
                ? PosixFilePermissions.asFileAttribute(permissions(FilesSettings.OWNER_ONLY))
                : new AclAttribute(List.of(ownerAlone(folder)));
    }

    /** As {@link #ownerOnly}, for a folder. */
    static FileAttribute<?> ownerOnlyFolder(Path above) throws IOException {
        return isPosix(above)
                ? PosixFilePermissions.asFileAttribute(permissions(0700))
                : new AclAttribute(List.of(ownerAlone(above)));
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromTheTop = PosixFilePermission.values();
        for (int i = 0; i < fromTheTop.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                granted.add(fromTheTop[i]);
            }
        }
        return granted;
    }

    private static AclEntry ownerAlone(Path folder) throws IOException {
        UserPrincipal self = folder.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(self)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
    }

    /** Owner and group are empty for a new file: those of the process. */
    record Posix(Optional<UserPrincipal> owner, Optional<GroupPrincipal> group, Set<PosixFilePermission> permissions)
            implements FileRights {
        @Override
        public void applyTo(Path file) throws IOException {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributes now = view.readAttributes();
            if (owner.isPresent() && !owner.get().equals(now.owner())) {
                view.setOwner(owner.get());
            }
            if (group.isPresent() && !group.get().equals(now.group())) {
                view.setGroup(group.get());
            }
            view.setPermissions(permissions);
        }

        @Override
        public String text() {
            return owner + " " + group + " " + PosixFilePermissions.toString(new TreeSet<>(permissions));
        }
    }

    /** The list as Windows keeps it. */
    record Acl(List<AclEntry> entries) implements FileRights {
        @Override
        public void applyTo(Path file) throws IOException {
            Files.getFileAttributeView(file, AclFileAttributeView.class).setAcl(entries);
        }

        @Override
        public String text() {
            return entries.toString();
        }
    }

    /** What Windows gives a new file by its folder. */
    record Inherited() implements FileRights {
        @Override
        public void applyTo(Path file) {}

        @Override
        public String text() {
            return "inherited";
        }
    }

    /** The JDK takes this attribute at creation on Windows. */
    record AclAttribute(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {
        @Override
        public String name() {
            return "acl:acl";
        }
    }
}
