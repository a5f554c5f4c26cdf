package io.certwright.lookup;

import java.security.cert.X509Certificate;

/** Port: whether a certificate is revoked. Within a limit; what could not be found out is an answer, too. */
public interface RevocationLookup {
    /**
     * {@link Observation.Revoked}, {@link Observation.NotRevoked} or {@link Observation.RevocationUnknown}.
     *
     * @param issuer whose signature the certificate bears
     */
    Observation look(X509Certificate certificate, X509Certificate issuer);
}
