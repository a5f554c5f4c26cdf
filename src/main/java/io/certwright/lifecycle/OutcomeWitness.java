package io.certwright.lifecycle;

import io.certwright.certificate.CertificateName;
import io.certwright.lifecycle.record.RenewalOutcome;

/** Is told how each run of the story ended, once that is recorded. Returns at once, and what it does with it stops nothing. */
@FunctionalInterface
public interface OutcomeWitness {
    OutcomeWitness NONE = (name, outcome) -> {};

    void saw(CertificateName name, RenewalOutcome outcome);
}
