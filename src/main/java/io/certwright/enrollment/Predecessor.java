package io.certwright.enrollment;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificate that a new one replaces. Several protocols let it vouch for the request: EST and CMP by the TLS client or the
 * message's signature, SCEP and AD CS by signing the request.
 *
 * @param issuer who gave it; only there can it vouch for anything
 * @param key its private key where that was made and sealed here
 */
public record Predecessor(IssuedCertificate certificate, IssuerName issuer, Optional<SealedKey> key) {
    /** Whether it can vouch for its successor: it came from the issuer that is asked, its key is here, and it is valid. */
    public boolean vouchesAt(IssuerName asked, Instant now) {
        return issuer.equals(asked) && key.isPresent() && certificate.validity().isValidAt(now);
    }

    /** Whether it has these DNS names and no others, in whatever order: several protocols renew nothing else. */
    public boolean standsFor(SubjectAlternativeNames names) throws LifecycleException {
        Set<String> wished = names.dns().stream().map(DnsName::value).collect(Collectors.toSet());
        return wished.equals(
                Set.copyOf(CertificateReader.read(certificate.leaf()).dnsNames()));
    }
}
