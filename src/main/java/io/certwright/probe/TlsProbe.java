package io.certwright.probe;

import io.certwright.failure.LifecycleException;

/** Looks at a TLS endpoint. Takes any certificate (expired, self-signed, for another name) and judges nothing. */
public interface TlsProbe {
    /**
     * Makes one full handshake, never a resumed one, and hangs up.
     *
     * @return what was shown
     * @throws LifecycleException of kind UNREACHABLE where nobody answered in time or the server declined the handshake,
     *     MALFORMED_ANSWER where what answered does not speak TLS, or not correctly; the whole wait is limited
     */
    PresentedCertificate look(Endpoint endpoint) throws LifecycleException;
}
