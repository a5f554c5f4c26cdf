package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;

/** An issuer whose answer a person brings as a file. */
public interface TakesAnswer {
    /** PEM, DER or PKCS#7. Throws {@code ANSWER_DOES_NOT_FIT} where no certificate in it carries the request's key. */
    void accept(EnrollmentRequest request, byte[] file) throws LifecycleException;
}
