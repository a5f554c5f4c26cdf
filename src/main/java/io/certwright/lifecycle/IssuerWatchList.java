package io.certwright.lifecycle;

import io.certwright.alert.Recipient;
import io.certwright.alert.Thresholds;
import io.certwright.alert.WatchList;
import io.certwright.alert.Watched;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CAs above the certificates that are in use, of each issuer the newest root and the newest issuing CA: one that has a successor
 * already needs nobody. An issuer that renews its own CAs in time is left out.
 */
public final class IssuerWatchList implements WatchList {
    /** A CA is renewed by people, with ceremonies: they hear of it half a year ahead. */
    public static final Thresholds THRESHOLDS = Thresholds.of("180d", "90d", "30d", "14d", "7d", "3d", "1d");

    private static final Logger LOG = LoggerFactory.getLogger(IssuerWatchList.class);
    private static final String BUILTIN = "builtin";

    private final Wishes wishes;
    private final Issuers issuers;
    private final CertificateRepository certificates;

    IssuerWatchList(Wishes wishes, Issuers issuers, CertificateRepository certificates) {
        this.wishes = wishes;
        this.issuers = issuers;
        this.certificates = certificates;
    }

    @Override
    public List<Watched> listWatched() throws LifecycleException {
        Map<IssuerName, List<X509Certificate>> inUse = new HashMap<>();
        for (StoredCertificate stored : certificates.listInUse()) {
            if (!stored.isAdopted()) {
                inUse.computeIfAbsent(stored.issuer(), name -> new ArrayList<>())
                        .addAll(stored.certificate().chain().intermediates());
            }
        }
        Map<IssuerName, List<Recipient>> recipients = recipients();
        List<Watched> watched = new ArrayList<>();
        for (Map.Entry<IssuerName, List<Recipient>> used : recipients.entrySet()) {
            Issuer issuer = issuers.get(used.getKey());
            if (!issuer.type().equals(BUILTIN)) {
                watched.addAll(ofIssuer(issuer, inUse.getOrDefault(used.getKey(), List.of()), used.getValue()));
            }
        }
        return watched;
    }

    /** Who hears of any certificate of an issuer hears of its CAs. */
    private Map<IssuerName, List<Recipient>> recipients() {
        Map<IssuerName, List<Recipient>> recipients = new TreeMap<>(Comparator.comparing(IssuerName::value));
        for (ManagedCertificate wish : wishes.list()) {
            recipients.computeIfAbsent(wish.issuer(), name -> new ArrayList<>()).addAll(wish.recipients());
            wish.fallback()
                    .ifPresent(second -> recipients
                            .computeIfAbsent(second, name -> new ArrayList<>())
                            .addAll(wish.recipients()));
        }
        return recipients;
    }

    private static List<Watched> ofIssuer(Issuer issuer, List<X509Certificate> inUse, List<Recipient> to) {
        List<X509Certificate> all = new ArrayList<>(inUse);
        try {
            all.addAll(issuer.anchors());
            all.addAll(issuer.intermediates());
        } catch (LifecycleException unknown) {
            LOG.debug("the CAs of issuer {} are not known now: {}", issuer.name(), unknown.getMessage());
        }
        List<Watched> watched = new ArrayList<>();
        newest(all, true).ifPresent(root -> watched.add(watched(issuer, "root CA", root, to)));
        newest(all, false).ifPresent(issuing -> watched.add(watched(issuer, "issuing CA", issuing, to)));
        return watched;
    }

    private static Optional<X509Certificate> newest(List<X509Certificate> all, boolean root) {
        return all.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .filter(certificate ->
                        root == certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .max(Comparator.comparing(X509Certificate::getNotAfter));
    }

    private static Watched watched(Issuer issuer, String role, X509Certificate ca, List<Recipient> to) {
        return new Watched(
                role + " of issuer " + issuer.name(),
                Thumbprint.of(ca),
                ValidityPeriod.of(ca),
                Optional.empty(),
                to,
                Watched.Nature.ISSUER,
                Optional.empty(),
                List.of("certwright issuer test " + issuer.name()));
    }
}
