package io.certwright.http;

import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Where a client certificate and its key lie: a PFX, or PEM with both in one file. Read at each opening, so that a renewed file counts.
 *
 * @param password of a PFX
 */
public record ClientIdentityFile(Path file, Optional<SecretText> password) {
    /** The mapping {@code client-certificate}, or one of its form. */
    public static Optional<ClientIdentityFile> read(ConfigMapping node) {
        Optional<Path> file = node.required("file", node.path("file"));
        Optional<SecretText> password = node.secret("password");
        return node.build(() -> new ClientIdentityFile(file.orElseThrow(), password));
    }

    /** Throws {@code CLIENT_CERTIFICATE_UNUSABLE} where there is no key in the file, and what {@link CertificateFiles} throws. */
    public ClientIdentity open() throws LifecycleException {
        CertificateFile content = content();
        Optional<PrivateKey> key = content.key();
        if (key.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "CLIENT_CERTIFICATE_UNUSABLE",
                    "client certificate " + file
                            + ": there is no private key in it, wanted one file with certificate and key:"
                            + " a PFX with its password, or PEM");
        }
        List<X509Certificate> certificates = content.certificates();
        return new ClientIdentity(
                ChainOrder.from(certificates.get(0), certificates).certificates(), key.get());
    }

    private CertificateFile content() throws LifecycleException {
        if (password.isEmpty()) {
            return CertificateFiles.read(file);
        }
        try (SecretBytes opened = SecretBytes.of(password.get().revealUtf8())) {
            return CertificateFiles.read(file, opened);
        }
    }
}
