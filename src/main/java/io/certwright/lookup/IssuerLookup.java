package io.certwright.lookup;

import java.security.cert.X509Certificate;

/**
 * Port: whether an issuer's certificate can be fetched where a certificate says (authority information access, RFC 5280, 4.2.2.1).
 * Windows completes chains from there. Within a limit.
 */
public interface IssuerLookup {
    /** Whether it says so at all, by an address that can be asked here. */
    boolean isNamedBy(X509Certificate certificate);

    /** {@link Observation.IssuerFetched} or {@link Observation.IssuerNotFetched}. */
    Observation look(X509Certificate certificate, X509Certificate issuer);
}
