package io.certwright.app;

import io.certwright.binding.CertificateToBind;
import io.certwright.binding.ServableCertificates;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import java.util.Optional;

/** What the listener serves comes from the inventory. */
record StoredServables(CertificateRepository certificates) implements ServableCertificates {
    @Override
    public Optional<CertificateToBind> find(Sha256Fingerprint certificate) throws LifecycleException {
        return certificates
                .find(certificate)
                .map(stored -> new CertificateToBind(
                        stored.name(), stored.name().value(), stored.certificate(), stored.key(), stored.hostKey()));
    }
}
