package io.certwright.cli;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SerialNumber;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One certificate as commands show it, to people and in JSON; what cannot be read of it is left out and said. */
final class CertificateText {
    private static final int LONGEST_DN = 160;
    private static final int MOST_NAMES = 20;
    private static final Map<String, String> PURPOSES = Map.of(
            CertificateDetails.SERVER_AUTHENTICATION,
            "Server Authentication",
            CertificateDetails.CLIENT_AUTHENTICATION,
            "Client Authentication",
            CertificateDetails.ANY_EXTENDED_KEY_USAGE,
            "any",
            "1.3.6.1.5.5.7.3.3",
            "Code Signing",
            "1.3.6.1.5.5.7.3.4",
            "Secure Email",
            "1.3.6.1.5.5.7.3.9",
            "OCSP Signing");

    private final X509Certificate certificate;
    private final Optional<CertificateDetails> details;
    private final String unreadable;

    private CertificateText(X509Certificate certificate, Optional<CertificateDetails> details, String unreadable) {
        this.certificate = certificate;
        this.details = details;
        this.unreadable = unreadable;
    }

    static CertificateText of(X509Certificate certificate) {
        try {
            return new CertificateText(certificate, Optional.of(CertificateReader.read(certificate)), "");
        } catch (LifecycleException malformed) {
            return new CertificateText(certificate, Optional.empty(), malformed.getMessage());
        }
    }

    String subject() {
        String subject = certificate.getSubjectX500Principal().getName();
        return subject.isEmpty() ? "(no subject)" : Printable.escape(subject, LONGEST_DN);
    }

    String issuer() {
        return Printable.escape(certificate.getIssuerX500Principal().getName(), LONGEST_DN);
    }

    /** The first twenty names of the SAN and how many more there are. */
    String names() {
        List<String> all = Stream.concat(dns().stream(), ips().stream()).toList();
        String shown = String.join(", ", all.stream().limit(MOST_NAMES).toList());
        return all.isEmpty()
                ? "none"
                : Printable.escape(
                        all.size() > MOST_NAMES ? shown + " and " + (all.size() - MOST_NAMES) + " more" : shown, 2_000);
    }

    /** The first name of the SAN, else the subject: what a narrow table has room for. */
    String firstName() {
        List<String> all = Stream.concat(dns().stream(), ips().stream()).toList();
        String more = all.size() > 1 ? " +" + (all.size() - 1) : "";
        return all.isEmpty() ? subject() : Printable.escape(all.get(0), 80) + more;
    }

    private List<String> dns() {
        return details.map(CertificateDetails::dnsNames).orElse(List.of());
    }

    private List<String> ips() {
        return details.stream()
                .flatMap(found -> found.ipAddresses().stream())
                .map(IpAddress::text)
                .toList();
    }

    /** What it may be used for by its extended key usage. */
    String purposes() {
        return details.flatMap(CertificateDetails::extendedKeyUsages)
                .map(oids -> String.join(
                        ", ",
                        oids.stream()
                                .map(oid -> PURPOSES.getOrDefault(oid, oid))
                                .toList()))
                .orElse("not limited");
    }

    String key() {
        return details.map(CertificateDetails::keyDescription)
                .orElse(certificate.getPublicKey().getAlgorithm());
    }

    String signature() {
        return certificate.getSigAlgName();
    }

    String serial() {
        return SerialNumber.of(certificate).hex();
    }

    Thumbprint thumbprint() {
        return Thumbprint.of(certificate);
    }

    Sha256Fingerprint sha256() {
        return Sha256Fingerprint.of(certificate);
    }

    ValidityPeriod validity() {
        return ValidityPeriod.of(certificate);
    }

    /** The day it ends, in UTC. */
    String until() {
        return validity().notAfter().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** Whole days; negative as soon as it is expired. */
    long daysLeftAt(Instant at) {
        Duration left = validity().remainingAt(at);
        return Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds());
    }

    /** {@code until 2027-02-19, 89 days left}, or since when it is expired, or from when it will be valid. */
    String lifeAt(Instant at) {
        ValidityPeriod validity = validity();
        if (validity.isNotYetValidAt(at)) {
            return "not valid before " + validity.notBefore();
        }
        return validity.isExpiredAt(at)
                ? "expired " + until() + ", " + days(-daysLeftAt(at)) + " ago"
                : "until " + until() + ", " + days(daysLeftAt(at)) + " left";
    }

    private static String days(long number) {
        return number + (number == 1 ? " day" : " days");
    }

    /** Why some of it is missing; empty if all of it could be read. */
    String unreadable() {
        return unreadable;
    }

    /** The fields that every command uses for a certificate. */
    void write(JsonObject json, Instant at) {
        json.putTexts("dns", dns()).putTexts("ips", ips());
        json.put("subject", certificate.getSubjectX500Principal().getName());
        json.put("serial", serial()).put("thumbprint", thumbprint().hex()).put("sha256", sha256().hex());
        json.put("issuer", certificate.getIssuerX500Principal().getName());
        json.put("notBefore", validity().notBefore()).put("notAfter", validity().notAfter());
        json.put("daysLeft", daysLeftAt(at)).put("key", key()).put("signature", signature());
    }
}
