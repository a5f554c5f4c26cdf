package io.certwright.lookup;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Revocation lists that are at hand, wherever they came from, and what they say of the certificates of a path. Signature, issuer,
 * scope, reasons and freshness of each list are judged by the JDK (RFC 5280, 6.3), deltas here; nothing is fetched. Immutable.
 */
public final class RevocationLists {
    private static final Map<CRLReason, String> REASONS = Map.of(
            CRLReason.KEY_COMPROMISE, "keyCompromise",
            CRLReason.CA_COMPROMISE, "cACompromise",
            CRLReason.AFFILIATION_CHANGED, "affiliationChanged",
            CRLReason.SUPERSEDED, "superseded",
            CRLReason.CESSATION_OF_OPERATION, "cessationOfOperation",
            CRLReason.CERTIFICATE_HOLD, "certificateHold",
            CRLReason.REMOVE_FROM_CRL, "removeFromCRL",
            CRLReason.PRIVILEGE_WITHDRAWN, "privilegeWithdrawn",
            CRLReason.AA_COMPROMISE, "aACompromise");

    private static final int CRL_SIGN = 6;

    private final List<X509CRL> lists;
    private final List<X509Certificate> signers;

    /** @param signers certificates that may have signed a list in the CA's place; those of the path need not be among them */
    public RevocationLists(Collection<X509CRL> lists, Collection<X509Certificate> signers) {
        this.lists = List.copyOf(lists);
        this.signers = List.copyOf(signers);
    }

    /**
     * What is known at {@code at} of each certificate below the anchor, the leaf first.
     *
     * @param path leaf first, trust anchor last, as {@code Verdict.path()} has it; without a path nothing can be said
     */
    public List<Observation> observe(List<X509Certificate> path, Instant at) {
        List<Observation> seen = new ArrayList<>();
        for (int i = 0; i < path.size() - 1; i++) {
            seen.add(observeOne(path.get(i), path.get(i + 1), path, at));
        }
        return List.copyOf(seen);
    }

    private Observation observeOne(
            X509Certificate subject, X509Certificate issuer, List<X509Certificate> path, Instant at) {
        Observation complete = byCompleteLists(subject, issuer, path, at);
        return complete instanceof RevocationUnknown
                ? complete
                : new DeltaLists(rightlySignedFor(issuer))
                        .find(subject, issuer, at)
                        .map(entry -> byDelta(entry, subject, at))
                        .orElse(complete);
    }

    private Observation byDelta(X509CRLEntry entry, X509Certificate subject, Instant at) {
        Optional<CRLReason> reason = Optional.ofNullable(entry.getRevocationReason());
        if (reason.equals(Optional.of(CRLReason.REMOVE_FROM_CRL))) {
            return new NotRevoked(Sha256Fingerprint.of(subject), freshUntil(subject, at), at);
        }
        return new Revoked(
                Sha256Fingerprint.of(subject),
                words(reason),
                entry.getRevocationDate().toInstant(),
                at);
    }

    private Observation byCompleteLists(
            X509Certificate subject, X509Certificate issuer, List<X509Certificate> path, Instant at) {
        Sha256Fingerprint fingerprint = Sha256Fingerprint.of(subject);
        try {
            validate(subject, issuer, path, at);
            return new NotRevoked(fingerprint, freshUntil(subject, at), at);
        } catch (CertPathValidatorException refused) {
            return refused.getCause() instanceof CertificateRevokedException revoked
                    ? new Revoked(
                            fingerprint,
                            words(Optional.of(revoked.getRevocationReason())),
                            revoked.getRevocationDate().toInstant(),
                            at)
                    : new RevocationUnknown(fingerprint, words(refused), at);
        } catch (GeneralSecurityException broken) {
            return new RevocationUnknown(fingerprint, words(broken), at);
        }
    }

    /** The issuer stands as anchor, so that nothing but the status of this one certificate is judged. */
    private void validate(X509Certificate subject, X509Certificate issuer, List<X509Certificate> path, Instant at)
            throws GeneralSecurityException {
        CertPathValidator validator = CertPathValidator.getInstance("PKIX", "SUN");
        PKIXParameters parameters = new PKIXParameters(
                Set.of(new TrustAnchor(issuer, null), new TrustAnchor(path.get(path.size() - 1), null)));
        // Not by a PKIXRevocationChecker: that one fetches from the addresses in the certificate.
        parameters.setRevocationEnabled(true);
        parameters.setDate(Date.from(at));
        List<Object> atHand = new ArrayList<>(rightlySignedFor(issuer));
        atHand.addAll(path);
        atHand.addAll(signers);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(atHand)));
        validator.validate(
                CertificateFactory.getInstance("X.509", "SUN").generateCertPath(List.of(subject)), parameters);
    }

    /** As an anchor the issuer is not asked whether it may sign lists (cRLSign), so it is asked here. */
    private List<X509CRL> rightlySignedFor(X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        return usage == null || usage[CRL_SIGN]
                ? lists
                : lists.stream().filter(list -> !DeltaLists.isOf(list, issuer)).toList();
    }

    /** The end of the freshest list of the certificate's issuer; an indirect list may be another one, then {@code at} itself. */
    private Instant freshUntil(X509Certificate subject, Instant at) {
        return lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(subject.getIssuerX500Principal()))
                .flatMap(list -> Stream.ofNullable(list.getNextUpdate()))
                .map(Date::toInstant)
                .max(Comparator.naturalOrder())
                .filter(end -> end.isAfter(at))
                .orElse(at);
    }

    private static String words(Optional<CRLReason> reason) {
        return reason.map(REASONS::get).orElse("unspecified");
    }

    private static String words(GeneralSecurityException refused) {
        String message = String.valueOf(refused.getMessage());
        return message.toLowerCase(Locale.ROOT).contains("revocation status")
                ? "no revocation list at hand speaks for it (signed by its issuer, in force at that time, about all reasons)"
                : Printable.escape(message, 160);
    }
}
