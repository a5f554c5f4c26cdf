package io.certwright.lifecycle;

import io.certwright.enrollment.Issuer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.Audience;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.Pin;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.Sighting;
import io.certwright.trust.TrustBundle;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The step that gives clients what they need, before any server changes. */
final class Publishing {
    private final Wishes wishes;
    private final Issuers issuers;
    private final ServerBindings bindings;
    private final CertificateRepository certificates;
    private final OtherServers others;
    private final ClientTrust trust;
    private final TrustNews news;

    Publishing(
            Wishes wishes,
            Issuers issuers,
            ServerBindings bindings,
            CertificateRepository certificates,
            OtherServers others,
            ClientTrust trust,
            TrustNews news) {
        this.wishes = wishes;
        this.issuers = issuers;
        this.bindings = bindings;
        this.certificates = certificates;
        this.others = others;
        this.trust = trust;
        this.news = news;
    }

    /** From when on the clients have what {@code stored} needs; empty where no client group is named. */
    Optional<PublishedTrust> ensurePublished(RenewalRun run, StoredCertificate stored) throws LifecycleException {
        Optional<ClientGroup> named = run.wish().clients().map(wishes::group);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        ClientGroup group = named.get();
        List<Sighting> sightings = sightings(group, run);
        PublishedTrust published = trust.ensurePublished(
                needed(group, stored).remarking(remarksOf(sightings)),
                group.pinning() ? others.pins(group, sightings) : List.of(),
                audience(run.wish()));
        news.tell(group, run.wish().recipients());
        if (run.facts().trustPublishedAt().isEmpty()) {
            run.record(new Fact.TrustPublished(run.now()));
            run.tell(
                    "trust",
                    "package for " + group.name() + " in " + published.location() + "; effective "
                            + published.effectiveFromInWords() + ", " + published.reason());
        }
        return Optional.of(published);
    }

    /** What clients of {@code group} need to accept this certificate. */
    TrustBundle needed(ClientGroup group, StoredCertificate stored) throws LifecycleException {
        Issuer issuer = issuers.get(stored.issuer());
        List<X509Certificate> anchors = issuer.anchors();
        Set<X509Certificate> intermediates = new LinkedHashSet<>();
        if (!anchors.isEmpty()) {
            intermediates.addAll(stored.certificate().chain().intermediates());
            intermediates.addAll(issuer.intermediates());
            intermediates.removeAll(anchors);
        }
        List<Pin> pins = group.pinning()
                ? List.of(new Pin(stored.certificate().leaf(), stored.name().value()))
                : List.of();
        return new TrustBundle(group, anchors, List.copyOf(intermediates), pins);
    }

    private static List<String> remarksOf(List<Sighting> sightings) {
        return sightings.stream()
                .flatMap(sighting -> sighting.packageRemark().stream())
                .toList();
    }

    /** Only clients that pin depend on what other servers show. */
    private List<Sighting> sightings(ClientGroup group, RenewalRun run) throws LifecycleException {
        if (!group.pinning()) {
            return List.of();
        }
        List<Sighting> sightings = others.sightings(group);
        for (Sighting sighting : sightings) {
            if (sighting instanceof Sighting.NeverSeen never && !isEmergency(run)) {
                throw new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "SERVER_NEVER_SEEN",
                        "client group " + group.name() + ": "
                                + never.remark().orElse("a server was never seen")
                                + "; its clients would be cut off from it, so no package is made; make it answer or take it out of also-talk-to");
            }
            sighting.remark().ifPresent(remark -> run.tell("trust", remark));
        }
        return sightings;
    }

    private boolean isEmergency(RenewalRun run) throws LifecycleException {
        Optional<StoredCertificate> inUse = certificates.findInUse(run.name());
        return inUse.isPresent() && !inUse.get().isFitToServeAt(run.now());
    }

    /** Nobody depends on bindings that have no certificate yet. */
    private Audience audience(ManagedCertificate wish) throws LifecycleException {
        if (wish.bindings().isEmpty()) {
            return certificates.findInUse(wish.name()).isPresent() ? Audience.CLIENTS : Audience.NOBODY_YET;
        }
        for (var binding : wish.bindings()) {
            if (bindings.get(binding).look().chain().isPresent()) {
                return Audience.CLIENTS;
            }
        }
        return Audience.NOBODY_YET;
    }
}
