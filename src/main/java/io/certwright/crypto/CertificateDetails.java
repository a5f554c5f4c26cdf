package io.certwright.crypto;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in a certificate beyond its dates, as values and unjudged: names may be malformed, extensions absent or odd.
 *
 * @param commonName the last CN of the subject; never decides anything (RFC 9525, 2)
 * @param dnsNames dNSName entries of the SAN in order, as they stand there, well formed or not
 * @param ipAddresses iPAddress entries of the SAN with 4 or 16 octets
 * @param otherNames all other SAN entries, {@code kind: value}, for people
 * @param subjectAlternativeNamesCritical true where the SAN is present and critical
 * @param extendedKeyUsages OIDs in order; empty Optional where the extension is absent
 * @param keyUsages empty Optional where the extension is absent, which allows everything
 * @param basicConstraints empty where absent: not a CA
 * @param authorityKeyIdentifier upper-case hex of the key identifier of the issuer's key
 * @param subjectKeyIdentifier upper-case hex of the key identifier of this key
 * @param crlDistributionPoints URIs, in order
 * @param issuerUris where the issuer's certificate can be fetched (AIA caIssuers)
 * @param ocspUris where OCSP answers (AIA)
 * @param keySpec empty for a key that no spec names
 * @param keyDescription the key for people: {@code RSA-1024}, {@code P-521}
 * @param publicKey SubjectPublicKeyInfo in DER
 * @param signatureAlgorithm as the JDK names it: {@code SHA256withRSA}
 * @param selfIssued whether subject and issuer are the same name
 * @param criticalExtensions OIDs of all critical extensions
 */
public record CertificateDetails(
        Optional<String> commonName,
        List<String> dnsNames,
        List<IpAddress> ipAddresses,
        List<String> otherNames,
        boolean subjectAlternativeNamesCritical,
        Optional<List<String>> extendedKeyUsages,
        Optional<Set<KeyUsage>> keyUsages,
        Optional<BasicConstraints> basicConstraints,
        Optional<String> authorityKeyIdentifier,
        Optional<String> subjectKeyIdentifier,
        List<String> crlDistributionPoints,
        List<String> issuerUris,
        List<String> ocspUris,
        Optional<KeySpec> keySpec,
        String keyDescription,
        byte[] publicKey,
        String signatureAlgorithm,
        boolean selfIssued,
        Set<String> criticalExtensions) {
    /** id-kp-serverAuth (RFC 5280, 4.2.1.12). */
    public static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    /** id-kp-clientAuth. */
    public static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    /** anyExtendedKeyUsage; not enough for a server certificate. */
    public static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";

    /** The nine bits of RFC 5280, 4.2.1.3, in their order. */
    public enum KeyUsage {
        DIGITAL_SIGNATURE,
        NON_REPUDIATION,
        KEY_ENCIPHERMENT,
        DATA_ENCIPHERMENT,
        KEY_AGREEMENT,
        KEY_CERT_SIGN,
        CRL_SIGN,
        ENCIPHER_ONLY,
        DECIPHER_ONLY
    }

    /** RFC 5280, 4.2.1.9; {@code pathLength} empty where unlimited. */
    public record BasicConstraints(boolean ca, Optional<Integer> pathLength, boolean critical) {}

    public CertificateDetails {
        dnsNames = List.copyOf(dnsNames);
        ipAddresses = List.copyOf(ipAddresses);
        otherNames = List.copyOf(otherNames);
        extendedKeyUsages = extendedKeyUsages.map(List::copyOf);
        keyUsages = keyUsages.map(Set::copyOf);
        crlDistributionPoints = List.copyOf(crlDistributionPoints);
        issuerUris = List.copyOf(issuerUris);
        ocspUris = List.copyOf(ocspUris);
        publicKey = publicKey.clone();
        criticalExtensions = Set.copyOf(criticalExtensions);
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    public boolean isCa() {
        return basicConstraints.map(BasicConstraints::ca).orElse(false);
    }

    /** Whether the extension is there and names {@code oid}; anyExtendedKeyUsage stands only for itself. */
    public boolean hasExtendedKeyUsage(String oid) {
        return extendedKeyUsages.map(usages -> usages.contains(oid)).orElse(false);
    }

    public boolean hasNames() {
        return !(dnsNames.isEmpty() && ipAddresses.isEmpty() && otherNames.isEmpty());
    }
}
