package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Where the certificates of a group's servers come from, which decides what clients must import at all. */
enum CertificateSource {
    /** Windows trusts its roots already. */
    PUBLIC("The servers use certificates of a <strong>public CA</strong>, which Windows trusts already: no root and no"
            + " intermediate is to be imported."),
    /** A CA of the organization. */
    ENTERPRISE("The servers use certificates of a <strong>private CA</strong>: its root belongs into Trusted Root, its"
            + " issuing CAs into Intermediate. A server's own certificate never belongs into either of them."),
    /** Each server stands for itself. */
    SELF_SIGNED(
            "At least one server uses a <strong>self-signed certificate</strong>: it is its own root, so it belongs into"
                    + " Trusted Root itself, and clients need the next one each time it is renewed.");

    private final String sentence;

    CertificateSource(String sentence) {
        this.sentence = sentence;
    }

    /** HTML. */
    String sentence() {
        return sentence;
    }

    /** Of a bundle whose servers differ: each of their sources, public only where there is no other. */
    static List<CertificateSource> of(TrustBundle bundle) {
        List<CertificateSource> sources = new ArrayList<>();
        if (bundle.anchors().stream().anyMatch(CertificateSource::isCa)) {
            sources.add(ENTERPRISE);
        }
        if (!bundle.anchors().stream().allMatch(CertificateSource::isCa)) {
            sources.add(SELF_SIGNED);
        }
        if (sources.isEmpty()) {
            sources.add(PUBLIC);
        }
        return List.copyOf(sources);
    }

    private static boolean isCa(X509Certificate anchor) {
        return anchor.getBasicConstraints() >= 0;
    }
}
