package io.certwright.policy;

import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.CertificateFields;
import io.certwright.policy.encoding.Extensions;
import io.certwright.policy.encoding.Extensions.PolicyMapping;
import io.certwright.policy.encoding.RawExtension;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What judging a path may cost, reckoned before it is judged: name constraints multiply with names, policy mappings with each level
 * (CVE-2023-0464), and the JDK bounds neither.
 */
final class PathLimits {
    static final long MOST_COMPARISONS = 1 << 18;
    static final long MOST_SUBTREES = 1024;
    static final long MOST_POLICY_NODES = 4096;

    private PathLimits() {}

    static Optional<PathFault> faultOf(CandidatePath path) {
        long subtrees = ConstraintJudge.subtreesIn(path);
        if (subtrees > MOST_SUBTREES) {
            return tooMuch(path, "its path has " + subtrees + " subtrees of names, wanted at most " + MOST_SUBTREES);
        }
        long comparisons = ConstraintJudge.comparisonsIn(path);
        if (comparisons > MOST_COMPARISONS) {
            return tooMuch(
                    path,
                    "its names and the name constraints above it take " + comparisons + " comparisons, wanted at most "
                            + MOST_COMPARISONS);
        }
        long nodes = policyNodesIn(path);
        return nodes > MOST_POLICY_NODES
                ? tooMuch(
                        path,
                        "the certificate policies of its path can take " + nodes + " nodes, wanted at most "
                                + MOST_POLICY_NODES)
                : Optional.empty();
    }

    private static Optional<PathFault> tooMuch(CandidatePath path, String words) {
        return Optional.of(
                new PathFault(ViolationCode.CHAIN_TOO_COMPLEX, Shown.certificate(path.leaf()) + ": " + words));
    }

    /** An upper bound of the policy tree of RFC 5280, 6.1.2: each mapping can split each node above. */
    static long policyNodesIn(CandidatePath path) {
        long nodes = 1;
        for (int i = path.certificates().size() - 1; i >= 0; i--) {
            X509Certificate certificate = path.certificates().get(i);
            List<PolicyMapping> mappings = mappingsOf(certificate);
            long widest = mappings.stream()
                    .collect(Collectors.groupingBy(PolicyMapping::issuerDomain, Collectors.counting()))
                    .values()
                    .stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(1);
            nodes = (nodes + policiesOf(certificate) + mappings.size()) * widest;
            if (nodes > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
        }
        return nodes;
    }

    private static List<PolicyMapping> mappingsOf(X509Certificate certificate) {
        try {
            Optional<RawExtension> found = CertificateFields.of(certificate).find(Extensions.POLICY_MAPPINGS);
            return found.isPresent() ? Extensions.policyMappings(found.get()) : List.of();
        } catch (BrokenEncoding refusedElsewhere) {
            return List.of();
        }
    }

    private static int policiesOf(X509Certificate certificate) {
        try {
            Optional<RawExtension> found = CertificateFields.of(certificate).find(Extensions.CERTIFICATE_POLICIES);
            return found.isPresent() ? Extensions.policies(found.get()).size() : 0;
        } catch (BrokenEncoding refusedElsewhere) {
            return 0;
        }
    }
}
