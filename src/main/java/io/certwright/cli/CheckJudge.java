package io.certwright.cli;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.config.DurationOrShare;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lookup.Lookups;
import io.certwright.policy.Allowance;
import io.certwright.policy.Expectation;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Profile;
import io.certwright.policy.Verdict;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds certificates against what was wanted, in the profile that was asked for or that fits the anchor: first without what has to be
 * looked up, which shows the path to look it up for, then with it.
 *
 * @param wanted by the options of the command
 * @param profile empty = by the anchor
 */
record CheckJudge(Expectation wanted, Optional<Profile> profile, Anchors anchors, Instant at) {
    /** The trust anchors that count, those of an issuer for its own certificates besides. */
    record Anchors(List<X509Certificate> all, Set<X509Certificate> publicOnes, Optional<Rooms> rooms) {
        /** Those of the settings and the system's. */
        static Anchors of(Rooms rooms) throws LifecycleException {
            Surroundings surroundings = rooms.surroundings();
            List<X509Certificate> configured = surroundings.configuredAnchors();
            List<X509Certificate> system = surroundings.systemAnchors();
            List<X509Certificate> all = new ArrayList<>(configured);
            all.addAll(system);
            Set<X509Certificate> publicOnes = new HashSet<>(system);
            configured.forEach(publicOnes::remove);
            return new Anchors(List.copyOf(all), publicOnes, Optional.of(rooms));
        }

        /** These and no others. */
        static Anchors only(List<X509Certificate> given) {
            return new Anchors(List.copyOf(given), Set.of(), Optional.empty());
        }

        List<X509Certificate> andOf(IssuerName issuer) throws LifecycleException {
            if (rooms.isEmpty()) {
                return all;
            }
            List<X509Certificate> more =
                    new ArrayList<>(rooms.get().issuers().get(issuer).anchors());
            more.addAll(all);
            return more;
        }
    }

    /** A first verdict, and what is expected in the end. */
    record Judged(CheckTarget.Held target, Expectation expectation, Verdict verdict) {
        /** What the verdict was about; where nothing is trusted, the chain as far as it holds together. */
        List<X509Certificate> path() {
            CertificateChain chain = target.certificate().chain();
            return verdict.path().isEmpty()
                    ? ChainOrder.from(chain.leaf(), chain.certificates()).certificates()
                    : verdict.path();
        }

        List<DnsName> names() {
            return expectation.names().dns();
        }
    }

    Judged judge(CheckTarget.Held held) throws LifecycleException {
        Optional<ManagedCertificate> wish = held.wish();
        Expectation expectation = wish.isPresent() ? wished(wish.get()) : wanted.withAnchors(anchors.all());
        Expectation asked = expectation.inProfile(profile.orElse(Profile.PRIVATE));
        Verdict verdict = PolicyChain.standard().inspect(held.certificate(), asked, at);
        List<X509Certificate> path = verdict.path();
        boolean isPublic =
                profile.isEmpty() && !path.isEmpty() && anchors.publicOnes().contains(path.get(path.size() - 1));
        if (!isPublic) {
            return new Judged(held, asked, verdict);
        }
        Expectation stricter = asked.inProfile(Profile.PUBLIC);
        return new Judged(held, stricter, PolicyChain.standard().inspect(held.certificate(), stricter, at));
    }

    /** What the settings promise under the name, and what the options want besides. */
    private Expectation wished(ManagedCertificate wish) throws LifecycleException {
        Expectation expectation = wanted.names().isEmpty() ? Expectation.of(wish.names()) : wanted;
        Set<Allowance> allowed = new HashSet<>(wanted.allowed());
        allowed.addAll(wish.allowed());
        return expectation.allowing(allowed).withKey(wish.key()).withAnchors(anchors.andOf(wish.issuer()));
    }

    CheckWorld lookUp(Lookups lookups, List<Judged> judged) throws InterruptedException {
        return CheckWorld.seenBy(
                lookups,
                judged.stream().flatMap(one -> one.names().stream()).toList(),
                judged.stream().map(Judged::path).toList());
    }

    /** The final word on one target. */
    CheckReport report(Judged judged, CheckWorld world, Optional<DurationOrShare> within) {
        CheckTarget.Held target = judged.target();
        Sightings seen = world.of(judged.names(), judged.path());
        Verdict verdict = seen.observations().isEmpty()
                ? judged.verdict()
                : PolicyChain.standard()
                        .inspect(target.certificate(), judged.expectation().withObservations(seen.observations()), at);
        ValidityPeriod validity = target.certificate().validity();
        boolean endsSoon = within.map(time -> time.of(validity.lifetime()))
                .filter(time -> validity.remainingAt(at).compareTo(time) <= 0)
                .isPresent();
        return new CheckReport.Judged(target.word(), target.certificate(), verdict, at, endsSoon, seen);
    }
}
