package io.certwright.binding;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** The stored certificates, as what serves them needs them. */
public interface ServableCertificates {
    Optional<CertificateToBind> find(Sha256Fingerprint leaf) throws LifecycleException;
}
