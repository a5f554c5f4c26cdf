package io.certwright.policy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
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
 * @param unreadable parts that break their encoding, as sentences
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
        List<String> unreadable = new ArrayList<>();
        List<DnsName> dns = new ArrayList<>();
        List<IpAddress> ips = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        for (List<?> entry : sanOf(certificate, unreadable)) {
            sort(entry, dns, ips, malformed);
        }
        return new LeafFacts(
                new SubjectAlternativeNames(dns, ips),
                List.copyOf(malformed),
                commonNamesOf(certificate.getSubjectX500Principal(), unreadable),
                extendedKeyUsageOf(certificate, unreadable),
                Optional.ofNullable(certificate.getKeyUsage()),
                KeyFacts.of(certificate.getPublicKey()),
                List.copyOf(unreadable));
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

    /** The JDK wraps a wrong address length in an unchecked exception, hence both kinds. */
    private static Collection<List<?>> sanOf(X509Certificate certificate, List<String> unreadable) {
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            return entries == null ? List.of() : entries;
        } catch (CertificateParsingException | RuntimeException broken) {
            unreadable.add("subject alternative names: " + wordsOf(broken));
            return List.of();
        }
    }

    private static Optional<List<String>> extendedKeyUsageOf(X509Certificate certificate, List<String> unreadable) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException broken) {
            unreadable.add("extended key usage: " + wordsOf(broken));
            return Optional.empty();
        }
    }

    private static List<String> commonNamesOf(X500Principal subject, List<String> unreadable) {
        List<String> found = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                addCommonNames(rdn, found);
            }
        } catch (InvalidNameException broken) {
            unreadable.add("subject: " + wordsOf(broken));
        } catch (NamingException broken) {
            unreadable.add("common name: " + wordsOf(broken));
        }
        return List.copyOf(found);
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

    private static String wordsOf(Exception broken) {
        String message = broken.getMessage();
        return message == null ? "cannot be read" : Printable.escape(message, 160);
    }
}
