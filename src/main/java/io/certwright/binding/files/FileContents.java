package io.certwright.binding.files;

import io.certwright.binding.CertificateToBind;
import io.certwright.certificate.CertificateChain;
import io.certwright.config.SecretText;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Keys;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.Pkcs12Codec;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the files of a certificate hold, and which of those that are there hold something else. */
final class FileContents {
    private final FilesSettings settings;
    private final KeySealer sealer;
    private final Pkcs12Codec pkcs12;

    FileContents(FilesSettings settings, KeySealer sealer, SecureRandom random) {
        this.settings = settings;
        this.sealer = sealer;
        this.pkcs12 = new Pkcs12Codec(random);
    }

    void requireKey(CertificateToBind next) throws LifecycleException {
        if (needsKey() && next.key().isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "KEY_NOT_HERE",
                    "files: the key of " + next.name() + " is on a server and never leaves it, wanted one that is kept"
                            + " here; set key: { origin: service } and issue it again");
        }
    }

    /** The configured files that do not hold this certificate yet. A PFX is compared by what is in it: no two have the same bytes. */
    List<FilePart> stale(FileSet now, CertificateToBind next) throws LifecycleException {
        Optional<PrivateKey> key = openKey(next);
        return settings.targets().keySet().stream()
                .sorted()
                .filter(part -> part == FilePart.PFX ? !holds(now, next) : !isWritten(now, part, next, key))
                .toList();
    }

    Map<FilePart, byte[]> of(CertificateToBind next, List<FilePart> parts) throws LifecycleException {
        Optional<PrivateKey> key = openKey(next);
        Map<FilePart, byte[]> contents = new EnumMap<>(FilePart.class);
        for (FilePart part : parts) {
            contents.put(part, part == FilePart.PFX ? pfx(next, key.orElseThrow()) : pem(part, next, key));
        }
        return contents;
    }

    /** Of the PFX; empty where none is configured. The caller closes it. */
    SecretBytes password() {
        char[] opened = settings.password().map(SecretText::reveal).orElseGet(() -> new char[0]);
        try {
            return SecretBytes.ofText(CharBuffer.wrap(opened));
        } finally {
            Arrays.fill(opened, '\0');
        }
    }

    private boolean needsKey() {
        return settings.targets().keySet().stream().anyMatch(FilePart::holdsKey);
    }

    private Optional<PrivateKey> openKey(CertificateToBind next) throws LifecycleException {
        Optional<SealedKey> sealed = next.key();
        return needsKey() && sealed.isPresent() ? Optional.of(sealer.open(sealed.get())) : Optional.empty();
    }

    private static boolean isWritten(FileSet now, FilePart part, CertificateToBind next, Optional<PrivateKey> key) {
        return now.find(part)
                .filter(file -> Arrays.equals(file.content(), pem(part, next, key)))
                .isPresent();
    }

    private boolean holds(FileSet now, CertificateToBind next) {
        try (SecretBytes password = password()) {
            return now.parse(FilePart.PFX, password)
                    .filter(file -> holds(file, next.certificate().chain()))
                    .isPresent();
        }
    }

    private static boolean holds(CertificateFile file, CertificateChain chain) {
        return file.certificates().equals(chain.certificates())
                && file.key()
                        .filter(key -> Keys.belongTogether(key, chain.leaf().getPublicKey()))
                        .isPresent();
    }

    private byte[] pfx(CertificateToBind next, PrivateKey key) {
        try (SecretBytes password = password()) {
            return pkcs12.write(next.certificate().chain(), key, next.friendlyName(), password, settings.encryption());
        }
    }

    private static byte[] pem(FilePart part, CertificateToBind next, Optional<PrivateKey> key) {
        CertificateChain chain = next.certificate().chain();
        return switch (part) {
            case CERT -> ascii(PemCodec.certificate(chain.leaf()));
            case CHAIN -> ascii(PemCodec.certificates(chain.intermediates()));
            case FULLCHAIN -> ascii(PemCodec.certificates(chain.certificates()));
            case KEY -> {
                try (SecretBytes pem = PemCodec.privateKey(key.orElseThrow())) {
                    yield pem.open(byte[]::clone);
                }
            }
            case PFX -> throw new IllegalArgumentException("a PFX is not PEM");
        };
    }

    private static byte[] ascii(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
