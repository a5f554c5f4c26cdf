package io.certwright.lifecycle;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.StoredCertificate;

/** The step that takes an accepted certificate into the inventory, with the key that belongs to it. */
final class Storing {
    private final CertificateRepository certificates;

    Storing(CertificateRepository certificates) {
        this.certificates = certificates;
    }

    StoredCertificate ensureStored(RenewalRun run, IssuedCertificate issued) throws LifecycleException {
        if (run.facts().storedAt().isEmpty()) {
            run.record(new Fact.Stored(run.now()));
            run.tell("store", "certificate and key are in the inventory");
        }
        return certificates.get(issued.sha256());
    }
}
