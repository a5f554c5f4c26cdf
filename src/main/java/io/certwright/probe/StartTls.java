package io.certwright.probe;

import io.certwright.certificate.Printable;
import java.util.Locale;

/** How a TLS handshake is begun at an endpoint: at once, or after a word in the protocol that is spoken there. */
public enum StartTls {
    /** TLS from the first byte. */
    NONE,
    /** RFC 3207; mail servers on port 25 or 587. */
    SMTP,
    /** The extended operation of RFC 4511, 4.14; directory servers on port 389. */
    LDAP,
    /** The SSLRequest of PostgreSQL's protocol; port 5432. */
    POSTGRES;

    /** Reads {@code smtp}, {@code ldap}, {@code postgres} in any case, and {@code postgresql}. */
    public static StartTls parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "smtp" -> SMTP;
            case "ldap" -> LDAP;
            case "postgres", "postgresql" -> POSTGRES;
            default ->
                throw new IllegalArgumentException(
                        "STARTTLS: got " + Printable.quote(word) + ", wanted smtp, ldap or postgres");
        };
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
