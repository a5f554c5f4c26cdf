package io.certwright.trust;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where clients scan for updates, as their policy {@code WUServer} names it. Clients compare the host with the certificate's
 * names, and the port must be written unless it is 443.
 */
public record UpdateServer(DnsName host, int port) {
    private static final Pattern URL = Pattern.compile("(?i)https://([^/:@?#\\s]+)(?::([0-9]{1,5}))?/?");
    private static final int HTTPS = 443;

    public UpdateServer {
        if (host.isWildcard() || host.value().indexOf('.') < 0) {
            throw new IllegalArgumentException("update server: got host " + Printable.quote(host.value())
                    + ", wanted its full name such as wsus.contoso.com");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("update server: got port " + port + ", wanted 1 to 65535");
        }
    }

    /** Reads {@code https://wsus.contoso.com:8531}; without a port it is 443. */
    public static UpdateServer parse(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches() || !DnsName.isWellFormed(matcher.group(1))) {
            throw new IllegalArgumentException("update server: got " + Printable.quote(url)
                    + ", wanted https://, a full host name and the port, such as https://wsus.contoso.com:8531");
        }
        int port = Optional.ofNullable(matcher.group(2)).map(Integer::valueOf).orElse(HTTPS);
        return new UpdateServer(DnsName.parse(matcher.group(1)), port);
    }

    /** As clients must have it, letter by letter: no slash at the end. */
    public String url() {
        return "https://" + host.value() + (port == HTTPS ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return url();
    }
}
