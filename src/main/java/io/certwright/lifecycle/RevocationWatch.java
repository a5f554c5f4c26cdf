package io.certwright.lifecycle;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.ConditionWatch;
import io.certwright.alert.Recipient;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.ChainOrder;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.Revoked;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for every certificate in use whether somebody else revoked it or a CA above it. A revoked certificate is recorded as such and
 * due at once, an emergency for the story; a revoked CA is told to people, for a renewal at the same CA would not mend it. What
 * nobody could say changes nothing. A CA that publishes no fresh list is told to people, too.
 */
public final class RevocationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

    private final Wishes wishes;
    private final Issuers issuers;
    private final CertificateRepository certificates;
    private final AlertOutbox outbox;
    private final Transactions transactions;
    private final NextLook nextLook;
    private final ListFreshness freshness = new ListFreshness();

    RevocationWatch(Wishes wishes, Issuers issuers, LifecyclePorts.Repositories stored, NextLook nextLook) {
        this.wishes = wishes;
        this.issuers = issuers;
        this.certificates = stored.certificates();
        this.outbox = stored.outbox();
        this.transactions = stored.transactions();
        this.nextLook = nextLook;
    }

    /** One look at all that is in use, not for several threads at once; answers how many alerts are new in the outbox. */
    public int pass(Lookups lookups, Instant now) throws LifecycleException, InterruptedException {
        List<StoredCertificate> watched = certificates.listInUse().stream()
                .filter(stored -> !stored.isRevoked())
                .filter(stored -> stored.certificate().validity().isValidAt(now))
                .toList();
        List<List<X509Certificate>> paths = new ArrayList<>();
        for (StoredCertificate stored : watched) {
            paths.add(pathOf(stored));
        }
        Map<Sha256Fingerprint, Revoked> revoked = new HashMap<>();
        List<Observation> answers = lookups.of(List.of(), paths);
        for (Observation seen : answers) {
            if (seen instanceof Revoked one) {
                revoked.put(one.certificate(), one);
            } else if (seen instanceof Observation.RevocationUnknown unknown) {
                LOG.debug("revocation of {} is not known: {}", unknown.certificate(), unknown.why());
            }
        }
        int told = new ConditionWatch(outbox)
                .passLasting(
                        Set.of(AlertKind.REVOCATION_ENDING),
                        freshness.look(paths, answers, now),
                        wishes.recipients(),
                        now);
        for (StoredCertificate stored : revoked.isEmpty() ? List.<StoredCertificate>of() : watched) {
            told += tell(stored, pathOf(stored), revoked, now);
        }
        return told;
    }

    /** The chain, and the anchor that issued its last certificate where that is known. */
    private List<X509Certificate> pathOf(StoredCertificate stored) throws LifecycleException {
        CertificateChain chain = stored.certificate().chain();
        List<X509Certificate> anchors = new ArrayList<>(wishes.trustAnchors());
        Optional<ManagedCertificate> wish = wishes.find(stored.name());
        if (wish.isPresent()) {
            anchors.addAll(issuers.get(
                            wish.get().mayComeFrom(stored.issuer())
                                    ? stored.issuer()
                                    : wish.get().issuer())
                    .anchors());
        }
        return ChainOrder.upTo(anchors, chain.leaf(), chain.certificates());
    }

    private int tell(
            StoredCertificate stored, List<X509Certificate> path, Map<Sha256Fingerprint, Revoked> revoked, Instant now)
            throws LifecycleException {
        int told = 0;
        for (X509Certificate one : path) {
            Revoked seen = revoked.get(Sha256Fingerprint.of(one));
            if (seen != null) {
                told += transactions.inOne(() -> record(stored, one, seen, now));
            }
        }
        return told;
    }

    private int record(StoredCertificate stored, X509Certificate certificate, Revoked seen, Instant now)
            throws LifecycleException {
        boolean leaf = certificate.equals(stored.certificate().leaf());
        Optional<ManagedCertificate> wish = wishes.find(stored.name());
        if (leaf) {
            certificates.markRevoked(seen.certificate(), now);
            if (wish.isPresent()) {
                nextLook.lookNow(wish.get(), now);
            }
        }
        Alert alert = leaf ? ofLeaf(stored, seen, wish.isPresent(), now) : ofAuthority(stored, certificate, seen, now);
        List<Recipient> recipients = wish.map(ManagedCertificate::recipients).orElseGet(wishes::recipients);
        int told = 0;
        for (Recipient recipient : recipients) {
            told += outbox.offer(alert, recipient) ? 1 : 0;
        }
        LOG.error(
                "certificate {} ({}): {}",
                stored.name(),
                stored.certificate().thumbprint().hex(),
                alert.sentence());
        return told;
    }

    private static Alert ofLeaf(StoredCertificate stored, Revoked seen, boolean managed, Instant now) {
        return Alert.of(
                AlertKey.of(stored.name().value(), stored.certificate().thumbprint(), AlertKind.REVOKED, "revoked"),
                stored.name() + ": the certificate in use is revoked",
                "The CA revoked it at " + seen.revokedAt() + " for the reason " + Printable.escape(seen.reason(), 40)
                        + ". Clients that ask refuse it already, the others will soon.",
                managed
                        ? "It is renewed with a new key at once, without waiting for clients or a window. Find out why it was revoked."
                        : "It is not in the settings, so nobody replaces it by itself. Find out why it was revoked.",
                List.of("certwright why " + stored.name(), "certwright renew " + stored.name() + " --force"),
                now);
    }

    private static Alert ofAuthority(StoredCertificate stored, X509Certificate authority, Revoked seen, Instant now) {
        String name = Printable.escape(authority.getSubjectX500Principal().getName(), 120);
        return Alert.of(
                AlertKey.of(stored.name().value(), Thumbprint.of(authority), AlertKind.REVOKED, "ca-revoked"),
                stored.name() + ": the CA above its certificate is revoked: " + name,
                "It was revoked at " + seen.revokedAt() + " for the reason " + Printable.escape(seen.reason(), 40)
                        + ". Clients that ask refuse every certificate below it.",
                "A renewal at the same CA would not mend it: set up another issuer, then renew.",
                List.of("certwright issuer list", "certwright renew " + stored.name() + " --force"),
                now);
    }
}
