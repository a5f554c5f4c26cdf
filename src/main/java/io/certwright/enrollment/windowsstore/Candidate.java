package io.certwright.enrollment.windowsstore;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.config.DurationOrShare;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.BringsKeys.Wished;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A certificate of the store, held against the wish. Reads as a list: one line for each thing that can be in the way. */
record Candidate(X509Certificate certificate, CertificateDetails details, boolean hasKey) {
    static Candidate of(X509Certificate certificate, boolean hasKey) throws LifecycleException {
        return new Candidate(certificate, CertificateReader.read(certificate), hasKey);
    }

    /** The first thing that is in the way, for people; empty where nothing is. */
    Optional<String> findObstacle(Wished wished, DurationOrShare leastLeft, Instant now) {
        ValidityPeriod validity = ValidityPeriod.of(certificate);
        if (wished.inUse().filter(inUse -> inUse.leaf().equals(certificate)).isPresent()) {
            return Optional.of("in use already");
        }
        if (!hasKey) {
            return Optional.of("without its key");
        }
        if (!covers(wished.names())) {
            return Optional.of("not for all the names");
        }
        if (!details.hasExtendedKeyUsage(CertificateDetails.SERVER_AUTHENTICATION)) {
            return Optional.of("not for Server Authentication");
        }
        if (!details.keySpec().equals(Optional.of(wished.key()))) {
            return Optional.of("its key is " + details.keyDescription() + ", wanted " + wished.key());
        }
        if (!validity.isValidAt(now)) {
            return Optional.of("not valid now");
        }
        Duration left = Duration.between(now, validity.notAfter());
        Duration wanted = leastLeft.of(Duration.between(validity.notBefore(), validity.notAfter()));
        if (left.compareTo(wanted) < 0) {
            return Optional.of("ends too soon, in " + left.toDays() + "d");
        }
        return wished.inUse().filter(inUse -> !endsAfter(inUse.validity())).map(inUse -> "ends before the one in use");
    }

    private boolean endsAfter(ValidityPeriod other) {
        return ValidityPeriod.of(certificate).notAfter().isAfter(other.notAfter());
    }

    /** Each of the names, by itself or by a wildcard. */
    private boolean covers(SubjectAlternativeNames names) {
        List<DnsName> own = details.dnsNames().stream()
                .filter(DnsName::isWellFormed)
                .map(DnsName::parse)
                .toList();
        List<IpAddress> addresses = details.ipAddresses();
        return names.dns().stream().allMatch(wanted -> own.stream().anyMatch(each -> each.covers(wanted)))
                && addresses.containsAll(names.ips());
    }

    /** Whether its path ends at one of the anchors; always where there are none to hold it against. */
    boolean leadsTo(Collection<X509Certificate> anchors, Collection<X509Certificate> intermediates) {
        List<X509Certificate> path = ChainOrder.upTo(anchors, certificate, intermediates);
        return anchors.isEmpty() || anchors.contains(path.get(path.size() - 1));
    }

    String shortName() {
        return Thumbprint.of(certificate).abbreviated() + "…";
    }
}
