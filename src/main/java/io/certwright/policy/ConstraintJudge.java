package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.CertificateFields;
import io.certwright.policy.encoding.Extensions;
import io.certwright.policy.encoding.GeneralName;
import io.certwright.policy.encoding.NameConstraints;
import io.certwright.policy.encoding.RawExtension;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Name constraints along a path (RFC 5280, 6.1.3 b and c): those of each CA, the trust anchor's too, hold for every certificate
 * below it but self-issued CAs. Beside the JDK's own look, which leaves the anchor out.
 */
final class ConstraintJudge {
    private record Constrained(X509Certificate ca, NameConstraints constraints) {}

    private ConstraintJudge() {}

    /** One fault for each certificate with a name that is not allowed. What cannot be read is refused elsewhere. */
    static List<PathFault> faultsOf(CandidatePath path) {
        List<PathFault> faults = new ArrayList<>();
        List<Constrained> above = new ArrayList<>();
        constraintsOf(path.anchor()).ifPresent(found -> above.add(new Constrained(path.anchor(), found)));
        for (int i = path.certificates().size() - 1; i >= 0; i--) {
            X509Certificate certificate = path.certificates().get(i);
            boolean selfIssued = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (i == 0 || !selfIssued) {
                faultOf(certificate, above).ifPresent(faults::add);
            }
            constraintsOf(certificate).ifPresent(found -> above.add(new Constrained(certificate, found)));
        }
        return faults;
    }

    /** How many comparisons the path may cost at most; counted before the first is made. */
    static long comparisonsIn(CandidatePath path) {
        long comparisons = 0;
        List<NameConstraints> above = new ArrayList<>();
        constraintsOf(path.anchor()).ifPresent(above::add);
        for (int i = path.certificates().size() - 1; i >= 0; i--) {
            X509Certificate certificate = path.certificates().get(i);
            List<GeneralName> names = above.isEmpty() ? List.of() : namesOf(certificate);
            comparisons +=
                    above.stream().mapToLong(one -> one.comparisonsWith(names)).sum();
            constraintsOf(certificate).ifPresent(above::add);
        }
        return comparisons;
    }

    static long subtreesIn(CandidatePath path) {
        return path.withAnchor().stream()
                .flatMap(one -> constraintsOf(one).stream())
                .mapToLong(NameConstraints::size)
                .sum();
    }

    private static Optional<PathFault> faultOf(X509Certificate certificate, List<Constrained> above) {
        if (above.isEmpty()) {
            return Optional.empty();
        }
        for (GeneralName name : namesOf(certificate)) {
            for (Constrained ca : above) {
                Optional<String> refusal = ca.constraints().refusalOf(name);
                if (refusal.isPresent()) {
                    return Optional.of(new PathFault(
                            ViolationCode.NAME_CONSTRAINED,
                            Shown.certificate(certificate) + ": its "
                                    + name.kind().text() + " " + Printable.quote(name.shown()) + " "
                                    + Printable.escape(refusal.get(), 160) + " of " + Shown.subject(ca.ca())));
                }
            }
        }
        return Optional.empty();
    }

    private static List<GeneralName> namesOf(X509Certificate certificate) {
        try {
            return NameConstraints.namesOf(CertificateFields.of(certificate));
        } catch (BrokenEncoding refusedElsewhere) {
            return List.of();
        }
    }

    private static Optional<NameConstraints> constraintsOf(X509Certificate certificate) {
        if (certificate.getExtensionValue(Extensions.NAME_CONSTRAINTS) == null) {
            return Optional.empty();
        }
        try {
            Optional<RawExtension> extension = CertificateFields.of(certificate).find(Extensions.NAME_CONSTRAINTS);
            return extension.isPresent() ? Optional.of(Extensions.nameConstraints(extension.get())) : Optional.empty();
        } catch (BrokenEncoding refusedElsewhere) {
            return Optional.empty();
        }
    }
}
