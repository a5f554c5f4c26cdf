package io.certwright.key.sealed;

import io.certwright.certificate.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Permissions of a file that only its owner may read: mode 600 on POSIX, one ACL entry on Windows. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Who may read every file of a Windows machine anyway, and whom {@code windows service install} lets; Windows translates names. */
    private static final Set<String> ALLOWED = Set.of(
            "nt authority\\system",
            "builtin\\administrators",
            "nt authority\\local service",
            "nt-autorität\\system",
            "vordefiniert\\administratoren",
            "nt-autorität\\lokaler dienst",
            "autorite nt\\système",
            "builtin\\administrateurs",
            "autorite nt\\service local");

    private OwnerOnly() {}

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static void apply(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, OWNER);
            return;
        }
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (view != null) {
            view.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }

    /** The end of a sentence with the command that mends it; empty where all is well or the file system knows no permissions. */
    static Optional<String> faultOf(Path file) throws IOException {
        if (isPosix(file)) {
            return posixFault(file, Files.getPosixFilePermissions(file));
        }
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        return view == null
                ? Optional.empty()
                : aclFault(file, view.getOwner(), System.getProperty("user.name", ""), view.getAcl());
    }

    private static Optional<String> posixFault(Path file, Set<PosixFilePermission> found) {
        boolean alone = found.stream().allMatch(permission -> permission.name().startsWith("OWNER_"));
        return alone
                ? Optional.empty()
                : Optional.of("others than its owner may use it (" + PosixFilePermissions.toString(found)
                        + "), wanted rw-------; run: chmod 600 " + Printable.quote(file.toString()));
    }

    /** {@code user} is the account that this process runs as: it may differ from the owner on a server. */
    static Optional<String> aclFault(Path file, UserPrincipal owner, String user, List<AclEntry> acl) {
        String strangers = acl.stream()
                .filter(entry -> entry.type() == AclEntryType.ALLOW)
                .filter(entry -> entry.permissions().contains(AclEntryPermission.READ_DATA))
                .map(AclEntry::principal)
                .filter(principal -> !principal.equals(owner) && !isAllowed(principal.getName(), user))
                .map(UserPrincipal::getName)
                .distinct()
                .collect(Collectors.joining(", "));
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of("others than its owner may read it (" + Printable.escape(strangers, 200)
                        + "), wanted the owner alone; run: icacls " + Printable.quote(file.toString())
                        + " /inheritance:r /grant:r \"%USERNAME%:F\"");
    }

    private static boolean isAllowed(String principal, String user) {
        String name = principal.toLowerCase(Locale.ROOT);
        String account = name.substring(name.lastIndexOf('\\') + 1);
        return ALLOWED.contains(name) || account.equals(user.toLowerCase(Locale.ROOT));
    }
}
