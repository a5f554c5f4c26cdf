package io.certwright.policy;

import com.google.common.net.InternetDomainName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/**
 * What the public suffix list says of a name: its part that registries administer, which is what a CA goes by (Baseline
 * Requirements, 3.2.2.6). The list is the one of the library's release.
 */
final class PublicNames {
    private PublicNames() {}

    /** {@code co.uk}: nobody owns it, everybody may be below it. */
    static boolean isPublicSuffix(String name) {
        return holds(name, InternetDomainName::isRegistrySuffix);
    }

    /** Below a suffix that exists in the internet, so that a public CA may issue for it. */
    static boolean isInternet(DnsName name) {
        String host = name.isWildcard() ? name.value().substring(2) : name.value();
        return holds(host, InternetDomainName::isUnderRegistrySuffix);
    }

    /** Whether the address may be somebody's in the internet, and not private, local or for documentation. */
    static boolean isInternet(IpAddress address) {
        try {
            InetAddress parsed = InetAddress.getByAddress(address.octets());
            byte first = parsed.getAddress()[0];
            boolean uniqueLocal = parsed.getAddress().length == 16 && (first & 0xFE) == 0xFC;
            return !parsed.isSiteLocalAddress()
                    && !parsed.isLoopbackAddress()
                    && !parsed.isLinkLocalAddress()
                    && !parsed.isAnyLocalAddress()
                    && !parsed.isMulticastAddress()
                    && !uniqueLocal;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + address + " octets", impossible);
        }
    }

    /** The list has international names as people write them; certificates have their xn-- form. */
    private static boolean holds(String name, Predicate<InternetDomainName> question) {
        for (String form : new String[] {name, IDN.toUnicode(name, IDN.ALLOW_UNASSIGNED)}) {
            if (InternetDomainName.isValid(form) && question.test(InternetDomainName.from(form))) {
                return true;
            }
        }
        return false;
    }
}
