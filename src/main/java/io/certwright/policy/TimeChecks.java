package io.certwright.policy;

import io.certwright.certificate.ValidityPeriod;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** When a certificate counts; both ends of its validity are inclusive. Its issuers' times are judged with the path. */
final class TimeChecks {
    private TimeChecks() {}

    static Optional<Violation> isAlreadyValid(Inspection inspection) {
        ValidityPeriod validity = inspection.certificate().validity();
        return validity.isNotYetValidAt(inspection.at())
                ? Optional.of(inspection.violation(
                        ViolationCode.NOT_YET_VALID,
                        "valid only from " + Shown.instant(validity.notBefore()) + ", wanted one valid at "
                                + Shown.instant(inspection.at())))
                : Optional.empty();
    }

    static Optional<Violation> isNotExpired(Inspection inspection) {
        ValidityPeriod validity = inspection.certificate().validity();
        return validity.isExpiredAt(inspection.at())
                ? Optional.of(inspection.violation(
                        ViolationCode.EXPIRED,
                        "expired at " + Shown.instant(validity.notAfter()) + ", wanted one valid at "
                                + Shown.instant(inspection.at())))
                : Optional.empty();
    }

    static Optional<Violation> endsBeforeItsIssuers(Inspection inspection) {
        ValidityPeriod validity = inspection.certificate().validity();
        return inspection.path().path().stream()
                .flatMap(path -> path.issuers().stream())
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .filter(issuer ->
                        validity.notAfter().isAfter(ValidityPeriod.of(issuer).notAfter()))
                .map(issuer -> inspection.violation(
                        ViolationCode.OUTLIVES_ISSUER,
                        "valid until " + Shown.instant(validity.notAfter()) + ", but its issuer, "
                                + Shown.certificate(issuer) + ", only until "
                                + Shown.instant(ValidityPeriod.of(issuer).notAfter())));
    }

    /** A tenth less is rounding and backdating by the CA, and told to nobody. */
    static Optional<Violation> livesAsLongAsItsPredecessor(Inspection inspection) {
        Duration now = inspection.certificate().validity().lifetime();
        return inspection
                .expectation()
                .predecessor()
                .map(old -> old.validity().lifetime())
                .filter(before -> now.compareTo(before.multipliedBy(9).dividedBy(10)) < 0)
                .map(before -> inspection.violation(
                        ViolationCode.LIFETIME_SHORTER,
                        "lives for " + words(now) + ", the certificate before it lived for " + words(before)));
    }

    private static String words(Duration lifetime) {
        return lifetime.toDays() >= 2 ? lifetime.toDays() + " days" : lifetime.toHours() + " hours";
    }
}
