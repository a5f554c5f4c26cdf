package io.certwright.policy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.SubjectAlternativeNames;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * What a server certificate says about itself, read once so that ten thousand names are parsed once.
 *
 * @param names the well-formed DNS names and addresses of the SAN
 * @param malformed DNS names and addresses of the SAN that are not well-formed, as they stand
 * @param extendedKeyUsage the OIDs; empty = no such extension
 * @param unreadable what breaks its encoding, as words for a message
 */
record LeafFacts(
        SubjectAlternativeNames names,
        List<String> malformed,
        List<String> commonNames,
        Optional<List<String>> extendedKeyUsage,
        Optional<boolean[]> keyUsage,
        KeyFacts key,
        List<String> unreadable) {
    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int DNS = 2;
    private static final int IP = 7;

    static LeafFacts of(X509Certificate certificate) {
        List<DnsName> dns = new ArrayList<>();
        List<IpAddress> ips = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        Optional<Collection<List<?>>> san = sanOf(certificate);
        san.stream().flatMap(Collection::stream).forEach(entry -> sort(entry, dns, ips, malformed));
        Optional<List<String>> purposes = extendedKeyUsageOf(certificate);
        Optional<List<String>> commonNames = commonNamesOf(certificate.getSubjectX500Principal());
        Optional<boolean[]> usage = Optional.ofNullable(certificate.getKeyUsage());
        return new LeafFacts(
                new SubjectAlternativeNames(dns, ips),
                List.copyOf(malformed),
                commonNames.orElse(List.of()),
                purposes,
                usage,
                KeyFacts.of(certificate.getPublicKey()),
                Stream.of(
                                commonNames.isPresent()
                                        ? Optional.<String>empty()
                                        : Optional.of("its subject cannot be taken apart, wanted a well-formed name"),
                                unread(certificate, "2.5.29.17", "subject alternative names", san.isPresent()),
                                unread(certificate, "2.5.29.37", "extended key usages", purposes.isPresent()),
                                unread(certificate, "2.5.29.15", "key usage bits", usage.isPresent()))
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Whether a bit of the key usage extension is set, by its number in RFC 5280, 4.2.1.3; all are where it is absent. */
    boolean mayBeUsedFor(int bit) {
        return keyUsage.map(bits -> bit < bits.length && bits[bit]).orElse(true);
    }

    boolean hasPurpose(String oid) {
        return extendedKeyUsage.map(purposes -> purposes.contains(oid)).orElse(false);
    }

    private static void sort(List<?> entry, List<DnsName> dns, List<IpAddress> ips, List<String> malformed) {
        Object kind = entry.get(0);
        String text = String.valueOf(entry.get(1));
        if (kind.equals(DNS)) {
            if (DnsName.isWellFormed(text)) {
                dns.add(DnsName.parse(text));
            } else {
                malformed.add(text);
            }
        } else if (kind.equals(IP)) {
            if (IpAddress.isLiteral(text)) {
                ips.add(IpAddress.parse(text));
            } else {
                malformed.add(text);
            }
        }
    }

    /** The JDK passes over an extension that it cannot parse as if it were absent; here it is told apart. */
    private static Optional<String> unread(X509Certificate certificate, String oid, String what, boolean read) {
        return read || certificate.getExtensionValue(oid) == null
                ? Optional.empty()
                : Optional.of(brokenExtension(what, oid));
    }

    static String brokenExtension(String what, String oid) {
        return "its " + what + " (" + oid + ") cannot be read, wanted the encoding of RFC 5280";
    }

    /** The JDK wraps a wrong address length in an unchecked exception, hence both kinds. */
    private static Optional<Collection<List<?>>> sanOf(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames());
        } catch (CertificateParsingException | RuntimeException broken) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> extendedKeyUsageOf(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException broken) {
            return Optional.empty();
        }
    }

    /** Empty where the name cannot be taken apart: its text comes from strangers, and the JDK's two parsers need not agree. */
    private static Optional<List<String>> commonNamesOf(X500Principal subject) {
        List<String> found = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                addCommonNames(rdn, found);
            }
            return Optional.of(List.copyOf(found));
        } catch (NamingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static void addCommonNames(Rdn rdn, List<String> found) throws NamingException {
        Attribute commonName = rdn.toAttributes().get("CN");
        if (commonName == null) {
            return;
        }
        NamingEnumeration<?> values = commonName.getAll();
        while (values.hasMore()) {
            found.add(String.valueOf(values.next()));
        }
    }
}
