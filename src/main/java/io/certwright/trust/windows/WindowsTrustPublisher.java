package io.certwright.trust.windows;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustPublisher;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the package of a client group to the folder or share that its settings name. Safe for several threads and processes. */
public final class WindowsTrustPublisher implements TrustPublisher {
    private final Path base;
    private final Path home;
    private final FolderWriter writer;

    /**
     * @param base what a relative {@code publish-to} is relative to
     * @param home what {@code ~} stands for
     */
    public WindowsTrustPublisher(Path base, Path home) {
        this(base, home, FolderWriter.toDisk());
    }

    WindowsTrustPublisher(Path base, Path home, FolderWriter writer) {
        this.base = base;
        this.home = home;
        this.writer = writer;
    }

    @Override
    public PublishedPackage publish(TrustBundle bundle) throws LifecycleException {
        Path folder = folderOf(bundle.group());
        List<PackageFile> files = TrustPackage.filesOf(bundle);
        new PackageFolder(folder, writer).ensureHolds(files);
        return published(folder, files);
    }

    @Override
    public Optional<PublishedPackage> find(TrustBundle bundle) throws LifecycleException {
        Path folder = folderOf(bundle.group());
        List<PackageFile> files = TrustPackage.filesOf(bundle);
        return new PackageFolder(folder, writer).holds(files)
                ? Optional.of(published(folder, files))
                : Optional.empty();
    }

    /** Every file of the package by its name, made in memory, the manifest last. */
    public static Map<String, byte[]> contents(TrustBundle bundle) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        TrustPackage.filesOf(bundle).forEach(file -> contents.put(file.name(), file.content()));
        return contents;
    }

    private static PublishedPackage published(Path folder, List<PackageFile> files) {
        return new PublishedPackage(
                folder.toString(), files.get(files.size() - 1).sha256());
    }

    private Path folderOf(ClientGroup group) throws LifecycleException {
        String given = group.publishTo();
        try {
            if (given.startsWith("\\\\") && base.getFileSystem().getSeparator().equals("/")) {
                throw new InvalidPathException(
                        given, "a share can be named so only on Windows; mount it and name the folder");
            }
            boolean underHome = given.equals("~") || given.startsWith("~/") || given.startsWith("~\\");
            Path folder = underHome ? home.resolve(given.substring(Math.min(2, given.length()))) : base.resolve(given);
            return folder.toAbsolutePath().normalize();
        } catch (InvalidPathException wrong) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "TRUST_FOLDER_INVALID",
                    "client group " + group.name() + ": publish-to is " + Printable.quote(given)
                            + ", wanted a folder of this machine: " + wrong.getReason(),
                    wrong);
        }
    }
}
