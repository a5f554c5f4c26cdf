package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** An issuer that can find the answer again that was lost on its way to us. */
public interface LooksUpAnswers {
    /** By intent; empty where the CA has never seen it, so that asking is safe. */
    Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException;
}
