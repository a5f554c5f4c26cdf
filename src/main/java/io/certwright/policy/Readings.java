package io.certwright.policy;

import io.certwright.policy.encoding.BrokenEncoding;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The certificates whose form is judged, and those that are not even certificates to a strict reader. */
record Readings(List<Reading> all, List<PathFault> broken) {
    private static final int MOST_WITHOUT_A_PATH = 10;

    /** The path below its anchor, the leaf always; without a path, what was given, roots left out. */
    static Readings of(List<X509Certificate> given, Optional<CandidatePath> path) {
        return path.map(Readings::ofPath).orElseGet(() -> ofGiven(given));
    }

    private static Readings ofPath(CandidatePath path) {
        Readings readings = new Readings(new ArrayList<>(), new ArrayList<>());
        List<X509Certificate> above = path.issuers();
        for (int i = 0; i < path.certificates().size(); i++) {
            readings.add(
                    path.certificates().get(i),
                    i == 0,
                    i < above.size() ? Optional.of(above.get(i)) : Optional.empty());
        }
        return readings;
    }

    private static Readings ofGiven(List<X509Certificate> given) {
        Readings readings = new Readings(new ArrayList<>(), new ArrayList<>());
        readings.add(given.get(0), true, Optional.empty());
        given.stream()
                .skip(1)
                .filter(one -> !one.getIssuerX500Principal().equals(one.getSubjectX500Principal()))
                .limit(MOST_WITHOUT_A_PATH)
                .forEach(one -> readings.add(one, false, Optional.empty()));
        return readings;
    }

    private void add(X509Certificate certificate, boolean leaf, Optional<X509Certificate> issuer) {
        try {
            all.add(Reading.of(certificate, leaf, issuer));
        } catch (BrokenEncoding broke) {
            broken.add(new PathFault(
                    ViolationCode.MALFORMED,
                    Shown.certificate(certificate) + ": its encoding is broken, got " + broke.getMessage()
                            + ", wanted DER as RFC 5280 has it"));
        }
    }
}
