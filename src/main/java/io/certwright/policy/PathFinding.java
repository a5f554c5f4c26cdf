package io.certwright.policy;

import io.certwright.certificate.CertificateChain;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The best path from a certificate to a trust anchor and what is wrong with it; without a path, one fault that says why. */
record PathFinding(Optional<CandidatePath> path, List<PathFault> faults) {

    private record Judged(PathFinding finding, long oddities) {
        boolean isClean() {
            return finding.faults.isEmpty() && oddities == 0;
        }

        boolean isBetterThan(Judged other) {
            return Comparator.<Judged>comparingInt(one -> one.finding.faults.size())
                            .thenComparingLong(Judged::oddities)
                            .compare(this, other)
                    < 0;
        }
    }

    /** The first path without fault and without a CA whose form is wrong, else the one with the fewest. */
    static PathFinding of(CertificateChain chain, List<X509Certificate> anchors, Instant at) {
        PathSearch search = new PathSearch(chain, anchors, at);
        Optional<Judged> best = Optional.empty();
        for (CandidatePath candidate : search.candidates()) {
            Judged judged = new Judged(
                    new PathFinding(Optional.of(candidate), PathJudge.faultsOf(candidate, at)), odditiesOf(candidate));
            if (judged.isClean()) {
                return judged.finding;
            }
            if (best.isEmpty() || judged.isBetterThan(best.get())) {
                best = Optional.of(judged);
            }
        }
        return best.map(Judged::finding).orElseGet(() -> new PathFinding(Optional.empty(), List.of(search.deadEnd())));
    }

    private static long odditiesOf(CandidatePath path) {
        List<X509Certificate> all = path.withAnchor();
        return IntStream.range(1, path.certificates().size())
                .mapToLong(i -> FormRule.errorsOf(all.get(i), Optional.of(all.get(i + 1))))
                .sum();
    }
}
