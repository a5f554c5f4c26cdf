package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;

/**
 * Capability of an {@link Issuer}: a person brings its answer as a file, days later as a rule. The file is only remembered; the next
 * enrollment of the same request finds it there.
 */
public interface TakesAnswer {
    /** PEM, DER or PKCS#7. Throws {@code ANSWER_DOES_NOT_FIT} where no certificate in it carries the request's key. */
    void accept(EnrollmentRequest request, byte[] file) throws LifecycleException;
}
