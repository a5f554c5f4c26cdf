package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** How messages name certificates, names and instants; everything that comes from a certificate is made printable and short. */
final class Shown {
    private static final int LONGEST_DN = 120;
    private static final int MOST_NAMES = 5;
    private static final Map<String, String> KEYWORDS = Map.of("1.2.840.113549.1.9.1", "EMAILADDRESS");

    private Shown() {}

    /** {@code certificate CN=wsus01.contoso.com (1A2B3C4D)}: subject and the first digits of the thumbprint. */
    static String certificate(X509Certificate certificate) {
        return "certificate " + subject(certificate) + " ("
                + Thumbprint.of(certificate).abbreviated() + ")";
    }

    static String subject(X509Certificate certificate) {
        return dn(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return dn(certificate.getIssuerX500Principal());
    }

    static String dn(X500Principal principal) {
        String text = principal.getName(X500Principal.RFC2253, KEYWORDS);
        return text.isEmpty() ? "without a subject" : Printable.escape(text, LONGEST_DN);
    }

    /** Whole seconds in UTC, as certificates count. */
    static String instant(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The first five, each cut to 80 characters, and how many more there are; {@code none} for none. */
    static String names(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream()
                .limit(MOST_NAMES)
                .map(name -> Printable.escape(name, 80))
                .collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? shown + " and " + (names.size() - MOST_NAMES) + " more" : shown;
    }
}
