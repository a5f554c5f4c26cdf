package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.SerialNumber;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import java.time.Instant;
import java.util.Optional;

/**
 * One name of the inventory as the record has it.
 *
 * @param wishDigest the wish that the certificate in use was issued for, else the one the open renewal works for
 * @param inUse the certificate in use, if there is one
 * @param stage of the open renewal, else of the one that brought the certificate in use
 * @param open the open renewal, if there is one
 * @param lastOutcome the word under which the last run is recorded; empty before the first
 * @param due when the certificate in use is due by itself, as it was reckoned last
 */
public record InventoryLine(
        CertificateName name,
        String wishDigest,
        Optional<InUse> inUse,
        Stage stage,
        Optional<Open> open,
        Optional<String> lastOutcome,
        Optional<DueThen> due) {

    /** What names the certificate in use, without the certificate. */
    public record InUse(
            SerialNumber serial,
            Thumbprint thumbprint,
            Sha256Fingerprint sha256,
            ValidityPeriod validity,
            boolean revoked) {}

    /**
     * How the open renewal stands.
     *
     * @param sentence how the last run ended; empty before the first
     * @param nextAttemptAt when it goes on by itself; empty where a person moves it on, and before the first run
     */
    public record Open(
            RenewalReason reason, Instant openedAt, Optional<String> sentence, Optional<Instant> nextAttemptAt) {}

    /** When it is due, and why then. */
    public record DueThen(Instant at, RenewalReason reason) {}
}
