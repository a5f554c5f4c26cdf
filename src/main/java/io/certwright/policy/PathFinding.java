package io.certwright.policy;

import io.certwright.certificate.CertificateChain;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The best path from a certificate to a trust anchor and what is wrong with it; without a path, one fault that says why. */
record PathFinding(Optional<CandidatePath> path, List<PathFault> faults) {

    /** The first path without fault, else the one with the fewest. */
    static PathFinding of(CertificateChain chain, List<X509Certificate> anchors, Instant at) {
        PathSearch search = new PathSearch(chain, anchors, at);
        Optional<PathFinding> best = Optional.empty();
        for (CandidatePath candidate : search.candidates()) {
            PathFinding judged = new PathFinding(Optional.of(candidate), PathJudge.faultsOf(candidate, at));
            if (judged.faults.isEmpty()) {
                return judged;
            }
            if (best.isEmpty() || judged.faults.size() < best.get().faults.size()) {
                best = Optional.of(judged);
            }
        }
        return best.orElseGet(() -> new PathFinding(Optional.empty(), List.of(search.deadEnd())));
    }
}
