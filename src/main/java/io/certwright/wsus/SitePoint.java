package io.certwright.wsus;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import java.util.Optional;

/**
 * What a WSUS server is to ConfigMgr: a software update point of a site.
 *
 * @param siteCode three letters or digits
 * @param name by which the site knows the server
 * @param siteServer a host of the settings with ConfigMgr's console, where its cmdlets run; without one, people do it
 */
public record SitePoint(String siteCode, DnsName name, Optional<HostName> siteServer) {
    private static final String SETTING = "\"Require SSL communication to the WSUS server\"";

    public SitePoint {
        boolean plain = siteCode.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        if (siteCode.length() != 3 || !plain) {
            throw new IllegalArgumentException(
                    "site-code: got " + Printable.quote(siteCode) + ", wanted three letters or digits such as P01");
        }
    }

    /** Where people require TLS of it. */
    String byHand() {
        return "in the ConfigMgr console, " + properties() + ", check " + SETTING;
    }

    private String properties() {
        return "Administration > Overview > Site Configuration > Servers and Site System Roles > " + name
                + " > software update point > Properties";
    }

    /** Going back changes nothing in ConfigMgr. */
    String staysRequired() {
        return "ConfigMgr site " + siteCode + " is left as it is: where it requires SSL with software update point "
                + name + ", it goes on to; a person clears " + SETTING + " in the ConfigMgr console, " + properties();
    }

    /** What must follow, and what it brings about. */
    String thenByHand() {
        return "then Software Library > Overview > Software Updates > All Software Updates > Synchronize Software Updates > Yes; the"
                + " change makes it a full synchronization, and a child site waits for its parent";
    }
}
