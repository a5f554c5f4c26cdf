package io.certwright.policy;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.EcdsaVerification;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * Finds the ways from a leaf to an anchor through the certificates given along, in whatever order they came, with strangers and
 * cross-signed ones among them (RFC 4158): the shortest ways first, among equals those through issuers that are valid now. A way
 * that comes back to a name and key that it has passed is no further followed, for it could have gone on from there at once. The
 * work is bounded, however hostile the certificates: see the four limits. One search is used once.
 */
final class PathSearch {
    private static final int LONGEST_PATH = 10;
    private static final int MOST_GIVEN = 30;
    private static final int MOST_CANDIDATES = 100;
    private static final int MOST_STEPS = 1000;

    private record Signature(X509Certificate signed, X509Certificate signer) {}

    private final X509Certificate leaf;
    private final Map<X500Principal, List<X509Certificate>> given;
    private final Map<X500Principal, List<X509Certificate>> anchors;
    private final Map<Signature, Boolean> verified = new HashMap<>();
    private final List<CandidatePath> candidates = new ArrayList<>();
    private List<X509Certificate> longestReached = List.of();
    private final Deque<List<X509Certificate>> waiting = new ArrayDeque<>();
    private boolean cutShort;
    private int steps;

    PathSearch(CertificateChain chain, List<X509Certificate> anchors, Instant at) {
        Set<X509Certificate> trusted = new LinkedHashSet<>(anchors);
        List<X509Certificate> others = new LinkedHashSet<>(chain.intermediates())
                .stream().filter(one -> !trusted.contains(one)).toList();
        this.leaf = chain.leaf();
        this.cutShort = others.size() > MOST_GIVEN;
        this.given = bySubject(others.subList(0, Math.min(others.size(), MOST_GIVEN)), at);
        this.anchors = bySubject(List.copyOf(trusted), at);
    }

    /** In the order in which they should be judged; empty if there is none. */
    List<CandidatePath> candidates() {
        waiting.add(List.of(leaf));
        while (!waiting.isEmpty()) {
            follow(waiting.remove());
        }
        return List.copyOf(candidates);
    }

    /** How much it took: ways looked at, and signatures checked. */
    record Effort(int steps, int signatures) {}

    Effort effort() {
        return new Effort(steps, verified.size());
    }

    /** Why no way was found. Asked after {@link #candidates} came back empty. */
    PathFault deadEnd() {
        X509Certificate top = longestReached.get(longestReached.size() - 1);
        X500Principal issuer = top.getIssuerX500Principal();
        if (cutShort) {
            return new PathFault(
                    ViolationCode.CHAIN_TOO_COMPLEX,
                    Shown.certificate(leaf) + ": no path found among so many certificates, looked at " + MOST_GIVEN
                            + " of them, at paths of up to " + LONGEST_PATH + " and at " + MOST_STEPS + " steps");
        }
        if (issuer.equals(top.getSubjectX500Principal())) {
            return new PathFault(ViolationCode.ROOT_UNTRUSTED, untrusted(top));
        }
        if (!issuersOf(top, given).isEmpty()) {
            return new PathFault(
                    ViolationCode.CHAIN_INCOMPLETE,
                    Shown.certificate(leaf) + ": its issuers sign each other in a circle and none is a trust anchor, "
                            + "wanted a path to a trust anchor");
        }
        if (given.containsKey(issuer) || anchors.containsKey(issuer)) {
            return new PathFault(
                    ViolationCode.SIGNATURE_INVALID,
                    Shown.certificate(top) + ": its signature does not fit the key of its issuer " + Shown.dn(issuer)
                            + ", wanted one that verifies");
        }
        return new PathFault(
                ViolationCode.CHAIN_INCOMPLETE,
                Shown.certificate(top) + ": no certificate of its issuer " + Shown.dn(issuer)
                        + " was given and none is a trust anchor, wanted a path to a trust anchor");
    }

    private String untrusted(X509Certificate root) {
        String namesake = anchors.containsKey(root.getSubjectX500Principal())
                ? " (one of the same name is, with another key)"
                : "";
        return Shown.certificate(leaf) + ": its chain ends at " + Shown.certificate(root) + ", which is no trust anchor"
                + namesake + ", wanted a path to a trust anchor";
    }

    private void follow(List<X509Certificate> path) {
        if (++steps > MOST_STEPS || candidates.size() >= MOST_CANDIDATES) {
            cutShort = true;
            waiting.clear();
            return;
        }
        if (path.size() > longestReached.size()) {
            longestReached = path;
        }
        X509Certificate top = path.get(path.size() - 1);
        for (X509Certificate anchor : issuersOf(top, anchors)) {
            candidates.add(new CandidatePath(path, anchor));
        }
        for (X509Certificate issuer : issuersOf(top, given)) {
            if (path.stream().anyMatch(passed -> hasSameNameAndKey(passed, issuer))) {
                continue;
            }
            if (path.size() == LONGEST_PATH) {
                cutShort = true;
                return;
            }
            waiting.add(with(path, issuer));
        }
    }

    private static boolean hasSameNameAndKey(X509Certificate one, X509Certificate other) {
        return one.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                && one.getPublicKey().equals(other.getPublicKey());
    }

    private List<X509Certificate> issuersOf(X509Certificate signed, Map<X500Principal, List<X509Certificate>> among) {
        return among.getOrDefault(signed.getIssuerX500Principal(), List.of()).stream()
                .filter(signer -> verified.computeIfAbsent(new Signature(signed, signer), PathSearch::verifies))
                .toList();
    }

    private static boolean verifies(Signature signature) {
        try {
            EcdsaVerification.verify(signature.signed(), signature.signer().getPublicKey());
            return true;
        } catch (GeneralSecurityException doesNotFit) {
            return false;
        }
    }

    private static List<X509Certificate> with(List<X509Certificate> path, X509Certificate next) {
        List<X509Certificate> longer = new ArrayList<>(path);
        longer.add(next);
        return List.copyOf(longer);
    }

    private static Map<X500Principal, List<X509Certificate>> bySubject(List<X509Certificate> some, Instant at) {
        return some.stream()
                .sorted(Comparator.comparing(one -> !ValidityPeriod.of(one).isValidAt(at)))
                .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }
}
