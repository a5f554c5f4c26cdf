package io.certwright.lifecycle;

import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.TrustBundle;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What clients must have before the second issuer of a certificate is needed: once the first is out of reach it is too late to begin. */
record StandbyTrust(Wishes wishes, Issuers issuers) {
    TrustBundle of(ClientGroup group) throws LifecycleException {
        Set<X509Certificate> anchors = new LinkedHashSet<>();
        Set<X509Certificate> intermediates = new LinkedHashSet<>();
        for (IssuerName name : fallbacksFor(group)) {
            Issuer issuer = issuers.get(name);
            anchors.addAll(issuer.anchors());
            intermediates.addAll(issuer.intermediates());
        }
        intermediates.removeAll(anchors);
        return new TrustBundle(group, List.copyOf(anchors), List.copyOf(intermediates), List.of());
    }

    private Set<IssuerName> fallbacksFor(ClientGroup group) {
        Set<IssuerName> names = new TreeSet<>();
        wishes.list().stream()
                .filter(wish -> wish.clients().filter(group.name()::equals).isPresent())
                .map(ManagedCertificate::fallback)
                .flatMap(Optional::stream)
                .forEach(names::add);
        return names;
    }
}
