package io.certwright.enrollment;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/**
 * The CA may have received the request, and its answer did not reach us: whether a certificate was issued is unknown. Thrown by an
 * issuer instead of any other failure from the moment on at which the request began to leave; every other failure of asking says that
 * the CA certainly holds no request of ours.
 */
public final class AnswerLostException extends LifecycleException {
    private static final long serialVersionUID = 1L;

    public AnswerLostException(FailureKind kind, String code, String message, Throwable cause) {
        super(kind, code, message, cause);
    }

    /** The same failure, met after the request had begun to leave. */
    public static AnswerLostException after(LifecycleException failure) {
        return failure instanceof AnswerLostException lost
                ? lost
                : new AnswerLostException(failure.kind(), failure.code(), failure.getMessage(), failure);
    }
}
