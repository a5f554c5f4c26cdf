package io.certwright.binding.files;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All files of a binding at one moment; those that are not there have no entry. */
record FileSet(Map<FilePart, FileState> files) {
    /** The same for the same bytes and rights, another for any other: what a memento and a kept set are named by. */
    String digest() {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(all);
            for (Map.Entry<FilePart, FileState> file : sorted().entrySet()) {
                out.writeUTF(file.getKey().word());
                out.write(file.getValue().rights().text().getBytes(StandardCharsets.UTF_8));
                out.writeInt(file.getValue().content().length);
                out.write(file.getValue().content());
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
            return HexFormat.of().formatHex(digest);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this JDK lacks SHA-256", absent);
        }
    }

    Optional<FileState> find(FilePart part) {
        return Optional.ofNullable(files.get(part));
    }

    /** Those files whose bytes or rights are not the same there. One that a program has open, and so was never replaced, is not touched. */
    Map<FilePart, FileState> otherThan(FileSet there) {
        Map<FilePart, FileState> others = new EnumMap<>(FilePart.class);
        files.forEach((part, file) -> {
            if (there.find(part).filter(file::isSameAs).isEmpty()) {
                others.put(part, file);
            }
        });
        return others;
    }

    /** The certificate that the files hold; empty where they hold none that can be read. */
    Optional<CertificateChain> chain(SecretBytes password) {
        Optional<List<X509Certificate>> whole =
                certificates(FilePart.FULLCHAIN, password).or(() -> certificates(FilePart.PFX, password));
        return whole.or(() -> certificates(FilePart.CERT, password).map(leaf -> {
                    List<X509Certificate> both = new ArrayList<>(leaf.subList(0, 1));
                    certificates(FilePart.CHAIN, password).ifPresent(both::addAll);
                    return both;
                }))
                .map(CertificateChain::new);
    }

    private Optional<List<X509Certificate>> certificates(FilePart part, SecretBytes password) {
        return parse(part, password).map(CertificateFile::certificates);
    }

    /** Empty where the file is not there, or holds something else: then it is simply not the wanted one. */
    Optional<CertificateFile> parse(FilePart part, SecretBytes password) {
        try {
            FileState file = files.get(part);
            return file == null
                    ? Optional.empty()
                    : Optional.of(CertificateFiles.parse(part.word(), file.content(), password));
        } catch (LifecycleException somethingElse) {
            return Optional.empty();
        }
    }

    private EnumMap<FilePart, FileState> sorted() {
        EnumMap<FilePart, FileState> sorted = new EnumMap<>(FilePart.class);
        sorted.putAll(files);
        return sorted;
    }

    @Override
    public String toString() {
        return "files " + files.keySet();
    }
}
