package io.certwright.trust.windows;

import io.certwright.certificate.Printable;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** What a certificate calls its subject, for people. */
final class Subjects {
    private static final int LONGEST = 120;

    private Subjects() {}

    /** The common name, else the whole subject; control characters as escapes. */
    static String commonNameOf(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return Printable.escape(commonNameIn(subject), LONGEST);
    }

    private static String commonNameIn(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .reduce((outer, inner) -> inner)
                            .orElse(subject);
        } catch (InvalidNameException oddButLegal) {
            return subject;
        }
    }
}
