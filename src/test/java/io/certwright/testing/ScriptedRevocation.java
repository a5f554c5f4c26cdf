package io.certwright.testing;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.lookup.RevocationLookup;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Says of a certificate that it is not revoked, until a test says otherwise of it or of all there are. Counts whom it was asked about. */
public final class ScriptedRevocation implements RevocationLookup {
    private final Clock clock;
    private final Set<Sha256Fingerprint> asked = new HashSet<>();
    private boolean revokesAll;

    ScriptedRevocation(Clock clock) {
        this.clock = clock;
    }

    /** From now on everything counts as revoked. */
    public void revokeAll() {
        revokesAll = true;
    }

    public synchronized Set<Sha256Fingerprint> asked() {
        return Set.copyOf(asked);
    }

    @Override
    public synchronized Observation look(X509Certificate certificate, X509Certificate issuer) {
        Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
        asked.add(subject);
        return revokesAll
                ? new Revoked(subject, "keyCompromise", clock.instant(), clock.instant())
                : new NotRevoked(subject, clock.instant().plus(Duration.ofDays(1)), clock.instant());
    }
}
