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

    /** An issuer that is not valid yet is told with the path. */
    static Optional<Violation> beginsAfterItsIssuers(Inspection inspection) {
        ValidityPeriod validity = inspection.certificate().validity();
        return inspection.path().path().stream()
                .flatMap(path -> path.issuers().stream())
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .filter(issuer -> ValidityPeriod.of(issuer).isValidAt(inspection.at()))
                .filter(issuer ->
                        validity.notBefore().isBefore(ValidityPeriod.of(issuer).notBefore()))
                .map(issuer -> inspection.violation(
                        ViolationCode.OLDER_THAN_ISSUER,
                        "valid from " + Shown.instant(validity.notBefore()) + ", but its issuer, "
                                + Shown.certificate(issuer) + ", only from "
                                + Shown.instant(ValidityPeriod.of(issuer).notBefore())));
    }

    /** Clients need time to take its trust and hosts have windows; an expired one is told as such. */
    static Optional<Violation> lastsForWaitAndWindow(Inspection inspection) {
        ValidityPeriod validity = inspection.certificate().validity();
        Duration wanted = inspection.expectation().use().mustLast();
        return wanted.isZero()
                        || validity.isExpiredAt(inspection.at())
                        || validity.isValidAt(inspection.at().plus(wanted))
                        || validity.isNotYetValidAt(inspection.at().plus(wanted))
                ? Optional.empty()
                : Optional.of(inspection.violation(
                        ViolationCode.TOO_SHORT_TO_SERVE,
                        "valid until " + Shown.instant(validity.notAfter()) + ", wanted one that is still valid when "
                                + "clients have its trust and the window opens, " + words(wanted) + " from "
                                + Shown.instant(inspection.at())));
    }

    /** By the day on which it begins: CA/Browser Forum ballot SC-081v3. Both ends count, so a second is added. */
    static Optional<Violation> livesNoLongerThanPublicCasIssue(Inspection inspection) {
        ValidityPeriod validity = inspection.certificate().validity();
        Duration lifetime = validity.lifetime().plusSeconds(1);
        Duration longest = LongestLifetime.ofOneFrom(validity.notBefore());
        return lifetime.compareTo(longest) > 0
                ? Optional.of(inspection.violation(
                        ViolationCode.LIFETIME_LONG,
                        "lives for " + words(lifetime) + ", wanted at most " + longest.toDays()
                                + " days, as public CAs may issue from " + Shown.instant(validity.notBefore())))
                : Optional.empty();
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
