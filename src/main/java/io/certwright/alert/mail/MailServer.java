package io.certwright.alert.mail;

import io.certwright.certificate.Printable;
import java.net.URI;
import java.net.URISyntaxException;

/** Where mail is handed in, and how the connection is protected. */
public record MailServer(String host, int port, Protection protection) {
    private static final String WANTED =
            ", wanted smtp://HOST:PORT (with ?starttls=optional or ?starttls=off if need be)" + " or smtps://HOST:PORT";

    /** How the connection to the mail server is protected. */
    public enum Protection {
        /** STARTTLS or no mail (RFC 3207). */
        STARTTLS,
        /** STARTTLS where the server offers it; who sits in between can take the offer away. */
        STARTTLS_IF_OFFERED,
        /** TLS from the first byte (RFC 8314). */
        IMPLICIT_TLS,
        /** In clear text. */
        NONE;

        /** Whether nothing ever goes in clear text. */
        public boolean isCertain() {
            return this == STARTTLS || this == IMPLICIT_TLS;
        }
    }

    /** {@code smtp://host:587?starttls=required}, which is also meant without a query, or {@code smtps://host:465}. */
    public static MailServer parse(String text) {
        URI url = url(text);
        boolean implicit = "smtps".equals(url.getScheme());
        String host = url.getHost();
        boolean isPlain = url.getUserInfo() == null
                && url.getFragment() == null
                && (url.getPath() == null
                        || url.getPath().isEmpty()
                        || url.getPath().equals("/"));
        if (host == null || !(implicit || "smtp".equals(url.getScheme())) || !isPlain || url.getPort() > 65_535) {
            throw refused(text);
        }
        int port = url.getPort() > 0 ? url.getPort() : implicit ? 465 : 587;
        return new MailServer(host, port, implicit ? implicit(text, url) : protection(text, url));
    }

    private static URI url(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException malformed) {
            throw refused(text);
        }
    }

    private static Protection implicit(String text, URI url) {
        if (url.getQuery() != null) {
            throw refused(text);
        }
        return Protection.IMPLICIT_TLS;
    }

    private static Protection protection(String text, URI url) {
        String query = url.getQuery() == null ? "starttls=required" : url.getQuery();
        return switch (query) {
            case "starttls=required" -> Protection.STARTTLS;
            case "starttls=optional" -> Protection.STARTTLS_IF_OFFERED;
            case "starttls=off" -> Protection.NONE;
            default -> throw refused(text);
        };
    }

    /** A URL may carry a password, which must not stand in a message. */
    private static IllegalArgumentException refused(String text) {
        String shown = text.contains("@") ? "an address with an @ in it" : Printable.quote(text);
        return new IllegalArgumentException("mail server: got " + shown + WANTED);
    }

    String protocol() {
        return protection == Protection.IMPLICIT_TLS ? "smtps" : "smtp";
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
