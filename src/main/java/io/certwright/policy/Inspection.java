package io.certwright.policy;

import io.certwright.certificate.IssuedCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One certificate held against one expectation at one instant, with all that several checks need read once. */
record Inspection(
        IssuedCertificate certificate,
        Expectation expectation,
        Instant at,
        LeafFacts facts,
        Optional<LeafFacts> predecessor,
        PathFinding path,
        Readings readings) {
    private static final int MOST_SHOWN = 10;

    static Inspection of(IssuedCertificate certificate, Expectation expectation, Instant at) {
        PathFinding found = PathFinding.of(certificate.chain(), expectation.anchors(), at);
        return new Inspection(
                certificate,
                expectation,
                at,
                LeafFacts.of(certificate.leaf()),
                expectation.predecessor().map(old -> LeafFacts.of(old.leaf())),
                found,
                Readings.of(certificate.chain().certificates(), found.path()));
    }

    X509Certificate leaf() {
        return certificate.leaf();
    }

    boolean wantsNames() {
        return !expectation.names().isEmpty();
    }

    boolean allows(Allowance allowance) {
        return expectation.allowed().contains(allowance);
    }

    /** Whose signatures have to be strong: the path below its anchor; without a path, what was given, roots left out. */
    List<X509Certificate> signedBelowAnchor() {
        return path.path()
                .map(CandidatePath::belowAnchor)
                .orElseGet(() -> certificate.chain().certificates().stream()
                        .filter(one -> !one.getIssuerX500Principal().equals(one.getSubjectX500Principal()))
                        .limit(MOST_SHOWN)
                        .toList());
    }

    /** A breach about the leaf: {@code certificate CN=… (1A2B3C4D): words}. */
    Violation violation(ViolationCode code, String words) {
        return violationOn(leaf(), code, words);
    }

    Violation violationOn(X509Certificate on, ViolationCode code, String words) {
        return told(code, Shown.certificate(on) + ": " + words);
    }

    Violation told(ViolationCode code, String message) {
        return new Violation(code, code.severityIn(expectation.profile()), message, code.fix());
    }
}
