package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.IssuerNotFetched;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What the world says about the certificate, as far as it was looked up. */
final class WorldChecks {
    private WorldChecks() {}

    static List<Violation> nothingIsRevoked(Inspection inspection) {
        return aboutTheChain(
                inspection,
                Revoked.class,
                Revoked::certificate,
                (seen, on) -> inspection.violationOn(
                        on,
                        ViolationCode.REVOKED,
                        "revoked since " + Shown.instant(seen.revokedAt()) + " for the reason "
                                + Printable.escape(seen.reason(), 40) + ", wanted one that is not revoked"));
    }

    static List<Violation> revocationIsKnown(Inspection inspection) {
        return aboutTheChain(
                inspection,
                RevocationUnknown.class,
                RevocationUnknown::certificate,
                (seen, on) -> inspection.violationOn(
                        on,
                        ViolationCode.REVOCATION_UNKNOWN,
                        "nobody could say whether it is revoked, " + Printable.escape(seen.why(), 160)));
    }

    static List<Violation> issuersAreWhereCertificatesSay(Inspection inspection) {
        return aboutTheChain(
                inspection,
                IssuerNotFetched.class,
                IssuerNotFetched::certificate,
                (seen, on) -> inspection.violationOn(
                        on,
                        ViolationCode.ISSUER_NOT_FETCHED,
                        "the certificate of its issuer cannot be fetched where it says, "
                                + Printable.escape(seen.why(), 160)));
    }

    static List<Violation> namesResolve(Inspection inspection) {
        return inspection.expectation().observations().stream()
                .filter(Resolved.class::isInstance)
                .map(Resolved.class::cast)
                .filter(seen -> seen.addresses().isEmpty())
                .map(seen -> inspection.violation(
                        ViolationCode.NAME_NOT_RESOLVED,
                        "the name " + seen.name() + " does not exist in DNS, wanted an address"))
                .toList();
    }

    private static <T extends Observation> List<Violation> aboutTheChain(
            Inspection inspection,
            Class<T> kind,
            java.util.function.Function<T, Sha256Fingerprint> subject,
            BiFunction<T, X509Certificate, Violation> told) {
        return inspection.expectation().observations().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .flatMap(seen -> certificates(inspection)
                        .filter(one -> Sha256Fingerprint.of(one).equals(subject.apply(seen)))
                        .map(one -> told.apply(seen, one)))
                .toList();
    }

    private static Stream<X509Certificate> certificates(Inspection inspection) {
        Set<X509Certificate> all = new LinkedHashSet<>(List.of(inspection.leaf()));
        inspection
                .path()
                .path()
                .ifPresentOrElse(
                        path -> all.addAll(path.certificates()),
                        () -> all.addAll(inspection.certificate().chain().intermediates()));
        return all.stream();
    }
}
