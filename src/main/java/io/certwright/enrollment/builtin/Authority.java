package io.certwright.enrollment.builtin;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.SealedKey;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * One CA certificate of ours with its key: a root or an issuing CA of some generation.
 *
 * @param key opened, to sign with
 * @param sealed the same, as it is stored
 * @param published whether its certificate names a revocation list
 */
record Authority(
        Rank rank, int generation, X509Certificate certificate, SealedKey sealed, PrivateKey key, boolean published) {
    /** Where in the hierarchy it stands. */
    enum Rank {
        ROOT,
        ISSUING
    }

    /** {@code issuing-0002}: its key in the memory, and the name of the files that clients fetch. */
    String id() {
        return idOf(rank, generation);
    }

    static String idOf(Rank rank, int generation) {
        return String.format("%s-%04d", rank == Rank.ROOT ? "root" : "issuing", generation);
    }

    ValidityPeriod validity() {
        return ValidityPeriod.of(certificate);
    }

    boolean covers(Instant notAfter) {
        return !notAfter.isAfter(validity().notAfter());
    }

    boolean isExpiredAt(Instant now) {
        return validity().isExpiredAt(now);
    }

    @Override
    public String toString() {
        return "CA " + id();
    }
}
