package io.certwright.alert;

import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate that is in use and whose end people want to know of in time.
 *
 * @param subject the certificate's name in the settings, or {@code host:port} of a watched endpoint
 * @param plannedSwitchOver when its successor was to be served, as planned when this certificate was bound: a renewal that is stuck
 *     must not push it away. Empty where nothing is planned (not managed, a host in report mode): then every threshold counts
 * @param managed whether Certwright replaces it by itself
 */
public record Watched(
        String subject,
        Thumbprint thumbprint,
        ValidityPeriod validity,
        Optional<Instant> plannedSwitchOver,
        List<Recipient> recipients,
        boolean managed) {
    public Watched {
        AlertKey.requireWord("watched subject", subject, AlertKey.LONGEST_SUBJECT);
        recipients = recipients.stream().distinct().toList();
    }
}
