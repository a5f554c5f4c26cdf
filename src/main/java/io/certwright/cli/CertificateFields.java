package io.certwright.cli;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.policy.Violation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The fields by which every command describes certificates to scripts: the same names everywhere. */
final class CertificateFields {
    private CertificateFields() {}

    static void names(JsonObject json, SubjectAlternativeNames names) {
        json.putTexts("dns", names.dns()).putTexts("ips", names.ips());
    }

    static void certificate(JsonObject json, IssuedCertificate certificate, Instant now) {
        json.put("serial", certificate.serial().hex())
                .put("thumbprint", certificate.thumbprint().hex())
                .put("sha256", certificate.sha256().hex());
        validity(json, certificate.validity(), now);
    }

    static void validity(JsonObject json, ValidityPeriod validity, Instant now) {
        json.put("notBefore", validity.notBefore())
                .put("notAfter", validity.notAfter())
                .put("daysLeft", validity.remainingAt(now).toDays());
    }

    static void outcome(JsonObject json, RenewalOutcome outcome) {
        if (outcome instanceof RenewalOutcome.Waiting waiting) {
            Hold hold = waiting.hold();
            json.put("waitingFor", hold.sentence()).put("hold", hold.kind()).putIfPresent("waitingUntil", hold.until());
        }
        if (outcome instanceof RenewalOutcome.NotDue notDue) {
            json.put("dueAt", notDue.dueAt());
        }
        violations(json, outcome instanceof RenewalOutcome.Rejected rejected ? rejected.violations() : List.of());
    }

    static void violations(JsonObject json, Collection<Violation> violations) {
        json.putObjects(
                "violations",
                violations,
                (each, violation) -> each.put("code", violation.code())
                        .put("severity", violation.severity().name().toLowerCase(Locale.ROOT))
                        .put("message", violation.message()));
    }
}
