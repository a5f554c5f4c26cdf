package io.certwright.policy;

import io.certwright.policy.encoding.Extensions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a trust anchor that is a certificate may be one. The JDK takes its name and its key and looks at nothing else. Version 1
 * roots have no extensions and pass; policies are not held against an anchor (RFC 5280, 6.2). Its dates are judged with the path's,
 * its name constraints by {@link ConstraintJudge}.
 */
final class AnchorJudge {
    private static final int KEY_CERT_SIGN = 5;

    /** What the JDK and the checks here process; whatever else is critical has to be refused. */
    private static final Set<String> KNOWN_EXTENSIONS = Set.of(
            Extensions.KEY_USAGE,
            Extensions.SUBJECT_ALT_NAME,
            Extensions.BASIC_CONSTRAINTS,
            Extensions.NAME_CONSTRAINTS,
            Extensions.CERTIFICATE_POLICIES,
            Extensions.POLICY_MAPPINGS,
            Extensions.POLICY_CONSTRAINTS,
            Extensions.EXTENDED_KEY_USAGE,
            Extensions.INHIBIT_ANY_POLICY);

    private AnchorJudge() {}

    static List<PathFault> faultsOf(CandidatePath path) {
        X509Certificate anchor = path.anchor();
        List<PathFault> faults = new ArrayList<>();
        FormChecks.brokenConstraintsOf(anchor)
                .ifPresent(words -> faults.add(fault(anchor, ViolationCode.MALFORMED, words)));
        Set<String> unknown = unknownCriticalOf(anchor);
        if (!unknown.isEmpty()) {
            faults.add(fault(
                    anchor,
                    ViolationCode.CRITICAL_EXTENSION_UNKNOWN,
                    "got unrecognized critical extension(s) " + Shown.names(unknown) + ", wanted none"));
        }
        if (!path.endsAtItsOwnLeaf() && anchor.getVersion() >= 3) {
            issuingFaultOf(path).ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<PathFault> issuingFaultOf(CandidatePath path) {
        X509Certificate anchor = path.anchor();
        if (anchor.getBasicConstraints() < 0) {
            return Optional.of(fault(
                    anchor,
                    ViolationCode.ISSUER_NOT_A_CA,
                    "got no CA certificate, wanted basic constraints that say CA"));
        }
        boolean[] usage = anchor.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return Optional.of(fault(
                    anchor, ViolationCode.ISSUER_NOT_A_CA, "got a key usage without keyCertSign, wanted it for a CA"));
        }
        long below = path.intermediates().stream()
                .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                .count();
        return below > anchor.getBasicConstraints()
                ? Optional.of(fault(
                        anchor,
                        ViolationCode.PATH_TOO_LONG,
                        "got " + below + " CAs below it, wanted at most " + anchor.getBasicConstraints()))
                : Optional.empty();
    }

    static Set<String> unknownCriticalOf(X509Certificate certificate) {
        Set<String> critical = new TreeSet<>();
        Set<String> stated = certificate.getCriticalExtensionOIDs();
        if (stated != null) {
            critical.addAll(stated);
        }
        critical.removeAll(KNOWN_EXTENSIONS);
        return critical;
    }

    private static PathFault fault(X509Certificate anchor, ViolationCode code, String words) {
        return new PathFault(code, "trust anchor, " + Shown.certificate(anchor) + ": " + words);
    }
}
