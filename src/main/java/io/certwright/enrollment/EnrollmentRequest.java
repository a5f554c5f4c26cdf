package io.certwright.enrollment;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.SealedKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One wish for one certificate, stored as an intent before the CA is asked. Asking again with the same intent must not give a
 * second certificate where the protocol can avoid it.
 *
 * @param intent identifies the wish over crashes and nodes
 * @param certificate for whom, as people call it
 * @param names what the certificate is to stand for; the CSR carries the same
 * @param csr signed by the new key
 * @param key the new key where it was made and sealed here; an issuer that signs with the key itself needs it
 * @param predecessor the certificate that this one replaces
 * @param intendedAt when the intent was stored
 */
public record EnrollmentRequest(
        UUID intent,
        CertificateName certificate,
        SubjectAlternativeNames names,
        CertificateSigningRequest csr,
        Optional<SealedKey> key,
        Optional<Predecessor> predecessor,
        Instant intendedAt) {
    public EnrollmentRequest {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "request for " + certificate + ": got no name, wanted at least one DNS name or IP address");
        }
    }
}
