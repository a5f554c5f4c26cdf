package io.certwright.fuzz;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.policy.Expectation;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Verdict;
import io.certwright.policy.Violation;
import io.certwright.testing.TestCa;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The path builder, given any selection of a hierarchy with cross-signed authorities, loops, and look-alikes that are expired,
 * constrained or signed by somebody else, in any order and number. The first byte names the leaf, each other one a certificate that
 * comes along.
 */
final class PathTarget {
    private static final int MOST = 64;
    private static final List<X509Certificate> LEAVES = new ArrayList<>();
    private static final List<X509Certificate> POOL = new ArrayList<>();
    private static final List<X509Certificate> ANCHORS = new ArrayList<>();

    static {
        TestCa rootA = TestCa.root("CN=Root A", Seeds.NOW);
        TestCa rootB = TestCa.root("CN=Root B", Seeds.NOW);
        TestCa upper = rootA.intermediate("CN=Upper");
        TestCa lower = upper.intermediate("CN=Lower");
        ANCHORS.add(rootA.certificate());
        LEAVES.addAll(List.of(
                lower.leaf(Seeds.NAME).certificate(),
                upper.leaf(Seeds.NAME).certificate(),
                rootB.leaf(Seeds.NAME).certificate()));
        POOL.addAll(List.of(upper.certificate(), lower.certificate(), rootA.certificate(), rootB.certificate()));
        POOL.add(rootB.intermediateDraft("CN=Upper").key(upper.keyPair()).certificate());
        POOL.add(rootA.intermediateDraft("CN=Root B").key(rootB.keyPair()).certificate());
        POOL.add(rootB.intermediateDraft("CN=Root A").key(rootA.keyPair()).certificate());
        POOL.add(lower.intermediateDraft("CN=Upper").key(upper.keyPair()).certificate());
        POOL.add(upper.intermediateDraft("CN=Lower")
                .key(lower.keyPair())
                .validFor(Duration.ofDays(-90), Duration.ofDays(-1))
                .certificate());
        POOL.add(upper.intermediateDraft("CN=Lower")
                .key(lower.keyPair())
                .permittedDns("example.org")
                .certificate());
        POOL.add(upper.intermediateDraft("CN=Lower").ca(false).certificate());
        POOL.add(rootB.intermediateDraft("CN=Lower").certificate());
        POOL.add(rootA.intermediateDraft("CN=Upper")
                .key(upper.keyPair())
                .caWithPathLength(0)
                .certificate());
    }

    private PathTarget() {}

    static void path(byte[] plan) {
        if (plan.length == 0) {
            return;
        }
        X509Certificate leaf = LEAVES.get(Math.floorMod(plan[0], LEAVES.size()));
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        for (int i = 1; i < plan.length && i < MOST; i++) {
            chain.add(POOL.get(Math.floorMod(plan[i], POOL.size())));
        }
        Verdict verdict = PolicyChain.standard()
                .inspect(
                        new IssuedCertificate(new CertificateChain(chain)),
                        Expectation.withoutNames().withAnchors(ANCHORS),
                        Seeds.NOW);
        verdict.violations().stream().map(Violation::message).forEach(Sentences::require);
        requireThePathThatIsThere(leaf, Set.copyOf(chain), verdict);
    }

    /** Whatever else came along: where the straight way up is among it, a path is found. */
    private static void requireThePathThatIsThere(X509Certificate leaf, Set<X509Certificate> chain, Verdict verdict) {
        boolean fromUpper = leaf.equals(LEAVES.get(1)) && chain.contains(POOL.get(0));
        boolean fromLower = leaf.equals(LEAVES.get(0)) && chain.containsAll(POOL.subList(0, 2));
        if ((fromUpper || fromLower) && verdict.path().isEmpty()) {
            throw new AssertionError("a path is there and was not found: " + verdict.sentence());
        }
    }
}
