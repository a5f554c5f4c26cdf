package io.certwright.lifecycle;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.ChainOrder;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.Observation;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What the world says of a certificate before it is bound: whether it, or a CA above it, is revoked. Only what names a revocation list
 * or a responder is asked about (RFC 5280, 4.2.1.13 and 4.2.2.1).
 */
final class WorldLook {
    /** CRL distribution points, and authority information access. */
    private static final List<String> SAY_WHERE_TO_ASK = List.of("2.5.29.31", "1.3.6.1.5.5.7.1.1");

    private final Lookups lookups;

    WorldLook(Lookups lookups) {
        this.lookups = lookups;
    }

    /** Nothing where the thread was interrupted: whoever did that finds the flag set. */
    List<Observation> of(CertificateChain chain, Collection<X509Certificate> anchors) {
        if (chain.certificates().stream().noneMatch(WorldLook::saysWhereToAsk)) {
            return List.of();
        }
        List<X509Certificate> path = ChainOrder.upTo(anchors, chain.leaf(), chain.certificates());
        List<List<X509Certificate>> links = new ArrayList<>();
        for (int i = 0; i + 1 < path.size(); i++) {
            if (saysWhereToAsk(path.get(i))) {
                links.add(path.subList(i, i + 2));
            }
        }
        try {
            return lookups.of(List.of(), links);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** What cannot be read says nothing; our checks name it. */
    private static boolean saysWhereToAsk(X509Certificate certificate) {
        if (SAY_WHERE_TO_ASK.stream().allMatch(extension -> certificate.getExtensionValue(extension) == null)) {
            return false;
        }
        try {
            CertificateDetails details = CertificateReader.read(certificate);
            return !details.crlDistributionPoints().isEmpty()
                    || !details.ocspUris().isEmpty();
        } catch (LifecycleException malformed) {
            return false;
        }
    }
}
