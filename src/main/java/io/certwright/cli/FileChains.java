package io.certwright.cli;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.CertificateFile;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates of one file as chains, one for each server certificate in it. Issuers are told by name alone: whose signature it
 * is, the checks look at, and a file of a thousand certificates with one name must not cost a million signatures.
 *
 * @param leftOut how many more server certificates the file has than are judged
 */
record FileChains(List<CertificateChain> chains, int leftOut) {
    static final int MOST = 200;
    private static final int MOST_OF_ONE_NAME = 10;
    private static final int LONGEST = 30;

    /** A leaf is whatever issued nothing else in the file; with one leaf the file's order stays, to be judged too. */
    static FileChains of(CertificateFile file) {
        List<X509Certificate> all = file.certificates().stream().distinct().toList();
        List<X509Certificate> leaves = leavesOf(all);
        if (leaves.size() == 1) {
            List<X509Certificate> chain = new ArrayList<>(leaves);
            all.stream().filter(one -> !one.equals(leaves.get(0))).forEach(chain::add);
            return new FileChains(List.of(new CertificateChain(chain)), 0);
        }
        Map<X500Principal, List<X509Certificate>> bySubject =
                all.stream().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
        return new FileChains(
                leaves.stream().limit(MOST).map(leaf -> above(leaf, bySubject)).toList(),
                Math.max(0, leaves.size() - MOST));
    }

    private static List<X509Certificate> leavesOf(List<X509Certificate> all) {
        Set<X500Principal> issuers = all.stream()
                .filter(one -> !isSelfIssued(one))
                .map(X509Certificate::getIssuerX500Principal)
                .collect(Collectors.toSet());
        List<X509Certificate> leaves = all.stream()
                .filter(one -> !issuers.contains(one.getSubjectX500Principal()))
                .toList();
        return leaves.isEmpty() ? all.subList(0, 1) : serversAmong(leaves);
    }

    /** A CA beside a server's certificate is a part of its chain, if a wrong one, and not a second thing to check. */
    private static List<X509Certificate> serversAmong(List<X509Certificate> leaves) {
        List<X509Certificate> servers =
                leaves.stream().filter(one -> one.getBasicConstraints() < 0).toList();
        return servers.isEmpty() ? leaves : servers;
    }

    /** The leaf and all that bear an issuer's name above it, level by level, roots left out. */
    private static CertificateChain above(X509Certificate leaf, Map<X500Principal, List<X509Certificate>> bySubject) {
        Set<X509Certificate> chain = new LinkedHashSet<>(List.of(leaf));
        List<X509Certificate> level = List.of(leaf);
        while (!level.isEmpty() && chain.size() < LONGEST) {
            List<X509Certificate> next = level.stream()
                    .map(X509Certificate::getIssuerX500Principal)
                    .distinct()
                    .flatMap(name -> bySubject.getOrDefault(name, List.of()).stream()
                            .filter(one -> !isSelfIssued(one))
                            .limit(MOST_OF_ONE_NAME))
                    .filter(one -> !chain.contains(one))
                    .toList();
            chain.addAll(next);
            level = next;
        }
        return new CertificateChain(List.copyOf(chain));
    }

    private static boolean isSelfIssued(X509Certificate one) {
        return one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
    }
}
