package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/** Another process has moved this renewal on since we read it: leave it to that process. */
public final class InOtherHandsException extends LifecycleException {
    private static final long serialVersionUID = 1L;

    public InOtherHandsException(CertificateName name) {
        super(
                FailureKind.INTERNAL,
                "IN_OTHER_HANDS",
                "renewal of " + name + ": another process is running it now; see its progress with \"certwright show "
                        + name + "\"");
    }
}
