package io.certwright.binding.files;

import io.certwright.binding.BindingName;
import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Binds by replacing files and letting the server read them again. The memento is the digest of the whole set of files; before a
 * change the set is kept under it. A crash at any point leaves every file whole, and binding again completes the set.
 */
public final class FilesBinding implements ServerBinding {
    private static final int READABLE_BY_ALL = 0644;

    private final FilesSettings settings;
    private final FileContents contents;
    private final KeptSets kept;
    private final Reload reload;

    /** @param kept a folder of this binding alone, in Certwright's data; it will hold private keys */
    public FilesBinding(FilesSettings settings, Path kept, KeySealer sealer, SecureRandom random) {
        this.settings = settings;
        this.contents = new FileContents(settings, sealer, random);
        this.kept = new KeptSets(kept);
        this.reload = new Reload(settings.reload(), settings.reloadLimit());
    }

    /** The name of a binding with these settings, before there is one. */
    public static BindingName nameOf(FilesSettings settings) {
        return new BindingName("files:" + settings.first());
    }

    @Override
    public BindingName name() {
        return nameOf(settings);
    }

    @Override
    public HostName host() {
        return HostName.LOCAL;
    }

    @Override
    public List<Endpoint> endpoints() {
        return settings.probe();
    }

    @Override
    public BoundState look() throws LifecycleException {
        FileSet now = read();
        try (SecretBytes password = contents.password()) {
            return new BoundState(now.chain(password), now.digest());
        }
    }

    @Override
    public void bind(CertificateToBind next) throws LifecycleException {
        contents.requireKey(next);
        FileSet before = read();
        List<FilePart> stale = contents.stale(before, next);
        if (!stale.isEmpty()) {
            kept.keep(before);
            replaceAllOrNone(statesOf(contents.of(next, stale), before), before);
            requireWritten(next);
        }
        ensureReadByServer();
    }

    @Override
    public void restore(BoundState before) throws LifecycleException {
        if (!read().digest().equals(before.memento())) {
            putBack(kept.get(before.memento()));
        }
        ensureReadByServer();
    }

    private void putBack(FileSet old) throws LifecycleException {
        replace(old.otherThan(read()));
        for (FilePart part : settings.targets().keySet()) {
            if (old.find(part).isEmpty()) {
                Replacement.delete(target(part));
            }
        }
    }

    @Override
    public List<String> preview(CertificateToBind next) throws LifecycleException {
        contents.requireKey(next);
        FileSet now = read();
        List<String> changes = new ArrayList<>();
        for (FilePart part : contents.stale(now, next)) {
            changes.add("file " + target(part) + " would be " + (now.find(part).isPresent() ? "replaced" : "created")
                    + " with the " + part.word() + " of " + next.certificate().thumbprint());
        }
        if (!changes.isEmpty() && reload.isWanted()) {
            changes.add("then \"" + reload.program() + "\" would be run so that the server reads them");
        }
        return changes;
    }

    /** Drops the kept sets that hold the old certificate, and those that hold none: half-changed ones and the empty one. */
    @Override
    public void forget(IssuedCertificate old) throws LifecycleException {
        String current = read().digest();
        try (SecretBytes password = contents.password()) {
            for (String digest : kept.list()) {
                boolean needed = kept.get(digest)
                        .chain(password)
                        .filter(chain -> !chain.leaf().equals(old.leaf()))
                        .isPresent();
                if (!needed && !digest.equals(current)) {
                    kept.forget(digest);
                }
            }
        }
    }

    private FileSet read() throws LifecycleException {
        Map<FilePart, FileState> files = new EnumMap<>(FilePart.class);
        for (FilePart part : settings.targets().keySet()) {
            Path file = target(part);
            try {
                FileState.read(file).ifPresent(state -> files.put(part, state));
            } catch (IOException failed) {
                throw FileFailure.of("read", file, failed);
            }
        }
        return new FileSet(files);
    }

    /** Where a symbolic link leads, so that the link stays: whoever set it up wants the file there. */
    private Path target(FilePart part) throws LifecycleException {
        Path configured = settings.targets().get(part);
        if (configured == null) {
            throw new IllegalArgumentException("files: got no path for " + part.word());
        }
        Path file = configured;
        try {
            for (int links = 0; Files.isSymbolicLink(file); links++) {
                if (links == 40) {
                    throw FileFailure.refused("follow", configured, "its symbolic links go in a circle; correct them");
                }
                file = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
            }
            return file;
        } catch (IOException failed) {
            throw FileFailure.of("follow", configured, failed);
        }
    }

    private Map<FilePart, FileState> statesOf(Map<FilePart, byte[]> wanted, FileSet before) throws LifecycleException {
        Map<FilePart, FileState> states = new EnumMap<>(FilePart.class);
        for (Map.Entry<FilePart, byte[]> file : wanted.entrySet()) {
            states.put(file.getKey(), new FileState(file.getValue(), rightsOf(file.getKey(), before)));
        }
        return states;
    }

    private FileRights rightsOf(FilePart part, FileSet before) throws LifecycleException {
        Path file = target(part);
        try {
            return before.find(part).isPresent()
                    ? FileRights.of(file)
                    : FileRights.ofNew(file, part.holdsKey() ? settings.keyMode() : READABLE_BY_ALL, part.holdsKey());
        } catch (IOException failed) {
            throw FileFailure.of("read the rights of", file, failed);
        }
    }

    /** A file that cannot be replaced leaves the others as they were, too: a later try changes them together. */
    private void replaceAllOrNone(Map<FilePart, FileState> next, FileSet before) throws LifecycleException {
        try {
            replace(next);
        } catch (LifecycleException refused) {
            try {
                putBack(before);
            } catch (LifecycleException halfChanged) {
                refused.addSuppressed(halfChanged);
            }
            throw refused;
        }
    }

    private void replace(Map<FilePart, FileState> next) throws LifecycleException {
        try (Replacement replacement = new Replacement()) {
            for (Map.Entry<FilePart, FileState> file : next.entrySet()) {
                replacement.stage(target(file.getKey()), file.getValue());
            }
            kept.clearReadByServer();
            replacement.commit();
        }
    }

    private void requireWritten(CertificateToBind next) throws LifecycleException {
        List<FilePart> stale = contents.stale(read(), next);
        if (!stale.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "FILE_CHANGED_BY_OTHERS",
                    "files: " + target(stale.get(0))
                            + " reads back differently than it was written; find out which program writes it too");
        }
    }

    /** Also after a crash between the change and the reload: what the server has read last is noted only after success. */
    private void ensureReadByServer() throws LifecycleException {
        String now = read().digest();
        if (reload.isWanted() && kept.readByServer().filter(now::equals).isEmpty()) {
            kept.clearReadByServer();
            reload.run();
            kept.noteReadByServer(now);
        }
    }
}
