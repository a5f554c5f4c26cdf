package io.certwright.enrollment.adcs;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;

/** One way to put a request to a CA of AD CS. */
public interface Counter {
    /** Everything that can be found wrong before the CA has anything of ours. */
    void prepare(EnrollmentRequest request) throws LifecycleException;

    /**
     * Puts the request. Its number is handed to {@code receipt} as soon as it is known; a failure after which the CA may hold the request
     * is an {@link io.certwright.enrollment.AnswerLostException}.
     */
    Disposition ask(EnrollmentRequest request, Receipt receipt) throws LifecycleException;

    /** What became of the request with this number. Throws {@code REQUEST_UNKNOWN} where the CA has none. */
    Disposition collect(EnrollmentRequest request, RequestId number) throws LifecycleException;

    /** Takes the number that the CA gave to a request. */
    @FunctionalInterface
    interface Receipt {
        void keep(RequestId number) throws LifecycleException;
    }
}
