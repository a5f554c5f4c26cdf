package io.certwright.alert;

import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Alerts, recipients and watched certificates for tests. */
final class Alerts {
    static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    static final Recipient ANNA = new Recipient("anna@contoso.com");
    static final Recipient BEN = new Recipient("ben@contoso.com");
    static final Thumbprint FIRST = thumbprint(1);

    private Alerts() {}

    static Thumbprint thumbprint(int number) {
        return new Thumbprint(String.format("%040X", number));
    }

    static Alert expiry(String subject, String stage, Instant at) {
        return Alert.of(
                AlertKey.of(subject, FIRST, AlertKind.EXPIRY, stage),
                subject + ": certificate expires in " + stage,
                "It ends.",
                "Clients will refuse.",
                List.of("certwright renew " + subject),
                at);
    }

    /** A year long, watched for Anna, ends at {@code notAfter}. */
    static Watched watched(String subject, Thumbprint thumbprint, Instant notAfter) {
        ValidityPeriod year = new ValidityPeriod(notAfter.minus(Duration.ofDays(365)), notAfter);
        return new Watched(subject, thumbprint, year, Optional.empty(), List.of(ANNA), false);
    }

    static Watched managed(String subject, Instant notAfter, Instant plannedSwitchOver) {
        ValidityPeriod year = new ValidityPeriod(notAfter.minus(Duration.ofDays(365)), notAfter);
        return new Watched(subject, FIRST, year, Optional.of(plannedSwitchOver), List.of(ANNA), true);
    }
}
