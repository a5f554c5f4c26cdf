package io.certwright.cli;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The files of a certificate issued by hand, as PEM: {@code key.pem} (for its owner alone), {@code cert.pem}, {@code chain.pem} and
 * {@code fullchain.pem}. Each whole or not at all, and never in place of another.
 */
final class IssuedFiles {
    private static final String KEY = "key.pem";
    private static final List<String> NAMES = List.of(KEY, "cert.pem", "chain.pem", "fullchain.pem");

    private final Path folder;

    IssuedFiles(Path folder) {
        this.folder = folder;
    }

    /** Before the CA is asked: that there is a folder, that it can be written to, and that no file of ours is there yet. */
    void requireRoom() {
        for (String name : NAMES) {
            if (Files.exists(folder.resolve(name))) {
                throw new WrongUsage("--out " + Printable.quote(folder.toString()) + ": " + name
                        + " is there already and is not overwritten; name another folder or move it away");
            }
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".certwright", ".pem"));
        } catch (IOException failed) {
            throw new WrongUsage("--out " + Printable.quote(folder.toString()) + ": nothing can be written there ("
                    + failed.getClass().getSimpleName() + "); name a folder that you may write to");
        }
    }

    /** Writes all files and says which; without a key, that of a CSR that was brought, there is no key file. */
    List<Path> write(IssuedCertificate certificate, Optional<PrivateKey> key) throws LifecycleException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("cert.pem", bytes(PemCodec.certificate(certificate.leaf())));
        contents.put(
                "chain.pem", bytes(PemCodec.certificates(certificate.chain().intermediates())));
        List<X509Certificate> all = new ArrayList<>(List.of(certificate.leaf()));
        all.addAll(certificate.chain().intermediates());
        contents.put("fullchain.pem", bytes(PemCodec.certificates(all)));
        List<Path> written = new ArrayList<>();
        try {
            if (key.isPresent()) {
                written.add(writeKey(key.get()));
            }
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                written.add(place(content.getKey(), content.getValue()));
            }
            return written;
        } catch (IOException | UncheckedIOException failed) {
            written.forEach(IssuedFiles::deleteQuietly);
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "FILES_NOT_WRITTEN",
                    "files of " + certificate.thumbprint().abbreviated() + "…: cannot be written to "
                            + Printable.quote(folder.toString()) + " ("
                            + failed.getMessage()
                            + "); the certificate is stored, its files are not: make room there or name another folder, then issue it again",
                    failed);
        }
    }

    private Path writeKey(PrivateKey key) throws IOException {
        try (SecretBytes pem = PemCodec.privateKey(key)) {
            return pem.open(secret -> {
                try {
                    return place(KEY, secret);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }

    private Path place(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Path draft = Files.createTempFile(folder, ".certwright", ".pem");
        try {
            permit(draft, name.equals(KEY));
            Files.write(draft, content);
            return Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void permit(Path file, boolean ownerOnly) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ownerOnly ? "rw-------" : "rw-r--r--"));
            return;
        }
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (ownerOnly && view != null) {
            view.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LoggerFactory.getLogger(IssuedFiles.class).warn("{} stays behind: {}", file, stays.getMessage());
        }
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
