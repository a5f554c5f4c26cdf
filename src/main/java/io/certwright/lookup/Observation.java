package io.certwright.lookup;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Sha256Fingerprint;
import java.time.Instant;
import java.util.List;

/**
 * A fact about the world that had to be looked up, at the instant {@code seenAt}. Checks take observations as arguments and never
 * look anything up themselves; what was not looked up is not judged.
 */
public sealed interface Observation {
    Instant seenAt();

    /** What DNS says to a name; no addresses = the name is known not to exist. */
    record Resolved(DnsName name, List<IpAddress> addresses, Instant seenAt) implements Observation {
        public Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /** Nobody could say what addresses a name has; {@code why} is a sentence. */
    record NameUnknown(DnsName name, String why, Instant seenAt) implements Observation {}

    /** A CRL or OCSP answer revokes the certificate since {@code revokedAt}; {@code reason} in RFC 5280's words. */
    record Revoked(Sha256Fingerprint certificate, String reason, Instant revokedAt, Instant seenAt)
            implements Observation {}

    /** A CRL or OCSP answer that is good until {@code freshUntil} does not revoke the certificate. */
    record NotRevoked(Sha256Fingerprint certificate, Instant freshUntil, Instant seenAt) implements Observation {}

    /** The certificate of its issuer lies where the certificate says. */
    record IssuerFetched(Sha256Fingerprint certificate, Instant seenAt) implements Observation {}

    /** It does not; {@code why} is a sentence. */
    record IssuerNotFetched(Sha256Fingerprint certificate, String why, Instant seenAt) implements Observation {}

    /** Nobody could say; {@code why} is a sentence: which address was asked and what came back. */
    record RevocationUnknown(Sha256Fingerprint certificate, String why, Instant seenAt) implements Observation {}
}
