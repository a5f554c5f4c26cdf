package io.certwright.enrollment.manual;

import io.certwright.certificate.Printable;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.AtomicMove;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder that people take requests from: {@code NAME.csr} for the CA, {@code NAME.txt} for those who feed it. */
record RequestFolder(IssuerName issuer, Path folder, Optional<String> template) {
    /** Writes both files where they are not there or differ, each whole or not at all; says where the request is. */
    Path ensureWritten(EnrollmentRequest request) throws LifecycleException {
        Path csr = folder.resolve(request.certificate() + ".csr");
        try {
            Files.createDirectories(folder);
            ensure(csr, PemCodec.request(request.csr()));
            ensure(folder.resolve(request.certificate() + ".txt"), textFor(request));
        } catch (IOException failed) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "REQUEST_NOT_WRITTEN",
                    "issuer " + issuer + ": the request for " + request.certificate() + " cannot be written to "
                            + Printable.quote(folder.toString()) + " ("
                            + failed.getClass().getSimpleName()
                            + "); check the folder's permissions and the disk",
                    failed);
        }
        return csr;
    }

    boolean isWritable() {
        return Files.isDirectory(folder) ? Files.isWritable(folder) : !Files.exists(folder);
    }

    private void ensure(Path file, String content) throws IOException {
        byte[] wanted = content.getBytes(StandardCharsets.UTF_8);
        if (Files.isRegularFile(file) && java.util.Arrays.equals(Files.readAllBytes(file), wanted)) {
            return;
        }
        Path draft = Files.createTempFile(folder, ".request", ".tmp");
        try {
            Files.write(draft, wanted);
            AtomicMove.replace(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private String textFor(EnrollmentRequest request) {
        String name = request.certificate().value();
        return """
                Certificate request for %1$s

                Please issue a TLS server certificate for the request in %1$s.csr (PKCS#10, PEM).

                Names (subjectAltName):  %2$s
                Extended key usage:      Server Authentication (1.3.6.1.5.5.7.3.1)
                Key usage:               Digital Signature, and Key Encipherment for an RSA key
                Not a CA certificate (basicConstraints CA:FALSE).
                %5$sSHA-256 of the request:  %3$s
                Requested at:            %4$s

                We need back: the certificate and all intermediate certificates, as PEM, DER (.cer) or PKCS#7 (.p7b).
                The private key stays with us.

                Whoever gets the answer runs:

                    certwright issue %1$s --answer FILE
                """.formatted(
                name,
                request.names(),
                request.csr().sha256(),
                request.intendedAt(),
                template.map(by -> "Certificate template (AD CS): " + by + "\n").orElse(""));
    }
}
