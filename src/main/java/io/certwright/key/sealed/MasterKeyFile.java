package io.certwright.key.sealed;

import io.certwright.certificate.Printable;
import io.certwright.failure.AtomicMove;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * The file that holds the master keys, readable by its owner alone. Written whole or not at all, and on the disk before anything
 * is sealed under it. It belongs in the backup: without it nothing sealed can be opened.
 */
public final class MasterKeyFile implements MasterKeyPlace {
    private static final int LARGEST = 64 * 1024;

    private final Path file;
    private final SecureRandom random;

    public MasterKeyFile(Path file, SecureRandom random) {
        this.file = file.toAbsolutePath();
        this.random = random;
    }

    /** Whether anything has been sealed already, asked only where the file is absent. */
    public interface SealedAlready {
        boolean any() throws LifecycleException;
    }

    /**
     * Opens the file, or makes it where it is absent and nothing is sealed yet. Of two that make it at once, both get the
     * first. Throws {@code MASTER_KEY_MISSING}, {@code MASTER_KEY_EXPOSED}, {@code MASTER_KEY_DAMAGED}, {@code MASTER_KEY_UNREADABLE}.
     */
    public MasterKeyRing ensure(SealedAlready sealed) throws LifecycleException {
        if (!Files.exists(file)) {
            if (sealed.any()) {
                throw missing();
            }
            make();
        }
        return open();
    }

    /** Opens the file; throws as {@link #ensure}. */
    @Override
    public MasterKeyRing open() throws LifecycleException {
        if (Files.isDirectory(file)) {
            throw unreadable("that is a folder", new IOException("folder"));
        }
        try {
            String text = read();
            Optional<String> exposed = OwnerOnly.faultOf(file);
            if (exposed.isPresent()) {
                throw refused("MASTER_KEY_EXPOSED", what() + ": " + exposed.get());
            }
            return MasterKeyRing.parse(what(), text, random);
        } catch (NoSuchFileException absent) {
            throw missing();
        } catch (IOException failed) {
            throw unreadable(failed.getClass().getSimpleName(), failed);
        }
    }

    /** What is wrong with the file's permissions, with the command that mends it; empty where nothing is, or where it is absent. */
    public Optional<String> findExposure() {
        try {
            return Files.exists(file) ? OwnerOnly.faultOf(file) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(
                    "its permissions cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    /** Puts a new active key in front; what the old ones sealed opens as before, until it is resealed. */
    public MasterKeyRing rotate() throws LifecycleException {
        MasterKeyRing next = open().rotated();
        replaceBy(next);
        return next;
    }

    /** An old key behind the active one is a rotation that was not finished: it is gone on with, not begun anew. */
    @Override
    public MasterKeyRing ringToRotateTo() throws LifecycleException {
        MasterKeyRing present = open();
        return present.keys().size() > 1 ? present : rotate();
    }

    @Override
    public boolean drop(Set<String> retired) throws LifecycleException {
        MasterKeyRing present = open();
        MasterKeyRing left = present.without(retired);
        if (left.keys().size() < present.keys().size()) {
            replaceBy(left);
        }
        return true;
    }

    private void replaceBy(MasterKeyRing next) throws LifecycleException {
        try {
            Path draft = draftOf(next);
            try {
                AtomicMove.replace(draft, file);
                forceFolder();
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /** Differs whenever the file was replaced. */
    String stamp() throws LifecycleException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.fileKey() + " " + now.lastModifiedTime() + " " + now.size();
        } catch (NoSuchFileException absent) {
            return "absent";
        } catch (IOException failed) {
            throw unreadable(failed.getClass().getSimpleName(), failed);
        }
    }

    /** A file with one new master key, for people to put where it is wanted; refuses to replace anything. Returns the key's id. */
    public String makeNew() throws LifecycleException {
        if (Files.exists(file)) {
            throw refused(
                    "MASTER_KEY_THERE", what() + " is there already, and nothing is written over it; name another");
        }
        make();
        return open().activeId();
    }

    private void make() throws LifecycleException {
        try {
            Files.createDirectories(folder());
            Path draft = draftOf(new MasterKeyRing(java.util.List.of(MasterKey.random(random)), random));
            try {
                // A link, unlike a move, never replaces what another process has just made.
                Files.createLink(file, draft);
                forceFolder();
            } catch (FileAlreadyExistsException madeByAnother) {
                return;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | UnsupportedOperationException failed) {
            throw unwritable(failed);
        }
    }

    private Path draftOf(MasterKeyRing ring) throws IOException {
        Path draft = Files.createTempFile(folder(), ".master-key", ".tmp");
        try {
            write(draft, ring);
        } catch (IOException failed) {
            // Whatever got there is a key: it must not lie about.
            Files.deleteIfExists(draft);
            throw failed;
        }
        return draft;
    }

    private static void write(Path draft, MasterKeyRing ring) throws IOException {
        OwnerOnly.apply(draft);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            for (MasterKey key : ring.keys()) {
                byte[] line = key.toText();
                ByteBuffer rest = ByteBuffer.wrap(line);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                java.util.Arrays.fill(line, (byte) 0);
            }
            channel.force(true);
        }
    }

    /** So that the name survives a power cut too; Windows neither needs nor allows it. */
    private void forceFolder() throws IOException {
        if (!OwnerOnly.isPosix(folder())) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private String read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
        }
    }

    private Path folder() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private String what() {
        return "master key file " + Printable.quote(file.toString());
    }

    private LifecycleException missing() {
        return refused(
                "MASTER_KEY_MISSING",
                what() + " is not there, but keys are sealed under it; put the backup of it back");
    }

    private LifecycleException unreadable(String why, IOException cause) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "MASTER_KEY_UNREADABLE",
                what() + " cannot be read (" + why + "); run as its owner, or correct the path",
                cause);
    }

    private LifecycleException unwritable(Exception cause) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "MASTER_KEY_UNWRITABLE",
                what() + " cannot be written (" + cause.getClass().getSimpleName()
                        + "); check the folder's permissions and the disk",
                cause);
    }

    private static LifecycleException refused(String code, String sentence) {
        return new LifecycleException(FailureKind.REFUSED, code, sentence);
    }
}
