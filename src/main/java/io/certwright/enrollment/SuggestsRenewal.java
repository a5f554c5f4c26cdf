package io.certwright.enrollment;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Optional;

/** An issuer whose CA says when it would like a certificate renewed. A failure here never stops or delays a renewal. */
public interface SuggestsRenewal {
    /** What the CA last said; asks nobody. */
    Optional<RenewalWindow> findSuggestion(IssuedCertificate certificate) throws LifecycleException;

    /** Asks the CA unless it wished to be left alone until later; whether it says something else than before. */
    boolean refreshSuggestion(IssuedCertificate certificate, Instant now) throws LifecycleException;
}
