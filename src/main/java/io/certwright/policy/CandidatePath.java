package io.certwright.policy;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A way from the leaf up to a trust anchor that names and signatures bear out: leaf first, the anchor apart. Not yet judged. */
record CandidatePath(List<X509Certificate> certificates, X509Certificate anchor) {
    CandidatePath {
        certificates = List.copyOf(certificates);
    }

    X509Certificate leaf() {
        return certificates.get(0);
    }

    List<X509Certificate> intermediates() {
        return certificates.subList(1, certificates.size());
    }

    /** A self-signed server certificate that is trusted as itself. */
    boolean endsAtItsOwnLeaf() {
        return certificates.size() == 1 && leaf().equals(anchor);
    }

    /** Whose signatures count: all below the anchor. */
    List<X509Certificate> belowAnchor() {
        return endsAtItsOwnLeaf() ? List.of() : certificates;
    }

    /** The whole path, anchor last; a leaf that is its own anchor once. */
    List<X509Certificate> withAnchor() {
        return Stream.concat(certificates.stream(), Stream.of(anchor))
                .distinct()
                .toList();
    }

    /** The intermediates and the anchor: all that issue. */
    List<X509Certificate> issuers() {
        if (endsAtItsOwnLeaf()) {
            return List.of();
        }
        List<X509Certificate> issuers = new ArrayList<>(intermediates());
        issuers.add(anchor);
        return issuers;
    }
}
