package io.certwright.lifecycle;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;

/** Makes keys: of origin {@code service}, sealed from birth and used once in the open, to sign the CSR; and on the host they are for. */
public interface Keys {
    /** A new sealed key and the CSR for {@code names} made with it. */
    KeyWithRequest make(KeySpec spec, SubjectAlternativeNames names) throws LifecycleException;

    /** A new key on the one host where the certificate is to be bound, which never leaves it, and the CSR made with it there. */
    default HostKey makeOnHost(ManagedCertificate wish) throws LifecycleException {
        throw new LifecycleException(
                FailureKind.REFUSED,
                "HOST_KEY_NOT_POSSIBLE",
                "certificate " + wish.name() + ": no host can make its key; set key: { origin: service }");
    }

    record KeyWithRequest(SealedKey key, CertificateSigningRequest request) {}

    /**
     * A key that never leaves its host, and the CSR made with it.
     *
     * @param reference names the key on its host
     */
    record HostKey(String reference, CertificateSigningRequest request) {}
}
