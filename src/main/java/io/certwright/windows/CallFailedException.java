package io.certwright.windows;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/** A call reached the host and failed there. The calls before it are done, those after it are not begun. */
public final class CallFailedException extends LifecycleException {
    private static final long serialVersionUID = 1L;

    private final transient CallError error;
    private final int done;

    CallFailedException(FailureKind kind, String code, String message, CallError error, int done) {
        super(kind, code, message);
        this.error = error;
        this.done = done;
    }

    /** What the host said. */
    public CallError error() {
        return error;
    }

    /** How many calls of the list were done before. */
    public int done() {
        return done;
    }
}
