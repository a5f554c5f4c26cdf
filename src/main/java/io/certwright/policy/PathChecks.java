package io.certwright.policy;

import io.certwright.certificate.CertificateChain;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a path from the certificate to a trust anchor stands, and whether the chain is what a server should send. */
final class PathChecks {
    private PathChecks() {}

    /** What the JDK disables because a key or signature is weak is told once, by the check that names the weakness. */
    static List<Violation> aPathToATrustAnchorStands(Inspection inspection) {
        boolean weaknessTold = !KeyChecks.signaturesAreStrong(inspection).isEmpty()
                || !KeyChecks.keysAreStrong(inspection).isEmpty();
        return inspection.path().faults().stream()
                .filter(fault -> fault.code() != ViolationCode.ALGORITHM_DISABLED || !weaknessTold)
                .map(fault -> inspection.told(fault.code(), fault.message()))
                .toList();
    }

    static Optional<Violation> chainIsInOrder(Inspection inspection) {
        return inspection
                .path()
                .path()
                .filter(path -> !given(inspection, path).equals(path.intermediates()))
                .filter(path -> Set.copyOf(given(inspection, path)).equals(Set.copyOf(path.intermediates())))
                .map(path -> inspection.violation(
                        ViolationCode.CHAIN_ORDER,
                        "its chain came in the order " + subjects(given(inspection, path)) + ", wanted "
                                + subjects(path.intermediates())));
    }

    static Optional<Violation> noStrangersAreInTheChain(Inspection inspection) {
        return inspection
                .path()
                .path()
                .map(path -> strangers(inspection.certificate().chain(), path))
                .filter(strangers -> !strangers.isEmpty())
                .map(strangers -> inspection.violation(
                        ViolationCode.CHAIN_STRANGER,
                        "its chain has certificates that are no part of it, " + subjects(strangers)
                                + ", wanted its own intermediates alone"));
    }

    static Optional<Violation> anchorIsSelfSigned(Inspection inspection) {
        return inspection
                .path()
                .path()
                .map(CandidatePath::anchor)
                .filter(anchor -> !anchor.getSubjectX500Principal().equals(anchor.getIssuerX500Principal()))
                .map(anchor -> inspection.violation(
                        ViolationCode.ANCHOR_NOT_SELF_SIGNED,
                        "its path ends at the trust anchor " + Shown.subject(anchor)
                                + ", which is not self-signed, wanted a root"));
    }

    /** What came along of the path, in the order it came; repeated ones count, a root given along does not. */
    private static List<X509Certificate> given(Inspection inspection, CandidatePath path) {
        return inspection.certificate().chain().intermediates().stream()
                .filter(path.intermediates()::contains)
                .toList();
    }

    private static List<X509Certificate> strangers(CertificateChain chain, CandidatePath path) {
        Set<X509Certificate> own = new HashSet<>(path.certificates());
        own.add(path.anchor());
        return chain.intermediates().stream().filter(one -> !own.contains(one)).toList();
    }

    private static String subjects(List<X509Certificate> some) {
        return Shown.names(some.stream().map(Shown::subject).toList());
    }
}
