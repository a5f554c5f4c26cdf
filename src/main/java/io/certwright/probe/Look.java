package io.certwright.probe;

import io.certwright.failure.LifecycleException;

/** What came of looking at one endpoint among many: the one that cannot be seen must not hide the others. */
public sealed interface Look {
    Endpoint endpoint();

    /** A handshake showed a certificate. */
    record Shown(PresentedCertificate presented) implements Look {
        @Override
        public Endpoint endpoint() {
            return presented.endpoint();
        }
    }

    /** Nothing was shown, and why. */
    record NotShown(Endpoint endpoint, LifecycleException why) implements Look {}
}
