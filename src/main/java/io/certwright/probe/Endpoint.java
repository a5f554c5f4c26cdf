package io.certwright.probe;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import java.util.Optional;

/**
 * A place where a TLS handshake can be made: host, port, the server name that is sent in it (SNI, RFC 6066 section 3), and how TLS is
 * begun there.
 *
 * <p>The host is a DNS name in lower case or an IP address literal without brackets. An IP address is never sent as a server
 * name: the RFC forbids it, and a server such as IIS then answers with its default binding.
 */
public record Endpoint(String host, int port, Optional<DnsName> sni, StartTls startTls) {
    public Endpoint {
        if (IpAddress.isLiteral(host)) {
            host = IpAddress.parse(host).text();
        } else if (DnsName.isWellFormed(host) && !host.startsWith("*")) {
            host = DnsName.parse(host).value();
        } else {
            throw new IllegalArgumentException("endpoint: got host " + Printable.quote(host)
                    + ", wanted a DNS name such as wsus.contoso.com or an IP address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("endpoint: got port " + port + ", wanted 1 to 65535");
        }
        if (sni.filter(DnsName::isWildcard).isPresent()) {
            throw new IllegalArgumentException("endpoint: got server name "
                    + Printable.quote(sni.get().value()) + ", wanted a name without a wildcard");
        }
    }

    /** With TLS from the first byte. */
    public Endpoint(String host, int port, Optional<DnsName> sni) {
        this(host, port, sni, StartTls.NONE);
    }

    /** The endpoint at {@code host}, the host itself as server name if it is a DNS name. */
    public static Endpoint of(String host, int port) {
        boolean named = DnsName.isWellFormed(host) && !host.startsWith("*");
        return new Endpoint(host, port, named ? Optional.of(DnsName.parse(host)) : Optional.empty());
    }

    /** Reads {@code wsus.contoso.com:8531}, {@code 10.0.0.1:443} or {@code [fd00::1]:443}. */
    public static Endpoint parse(String hostPort) {
        int colon = hostPort.lastIndexOf(':');
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        String port = colon < 0 ? "" : hostPort.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        boolean bareIpv6 = !bracketed && host.indexOf(':') >= 0;
        if (bareIpv6 || !isShortNumber(port)) {
            throw new IllegalArgumentException("endpoint: got " + Printable.quote(hostPort)
                    + ", wanted host:port such as wsus.contoso.com:8531, or [address]:port for IPv6");
        }
        return of(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    /** The same place, asked for another server name. */
    public Endpoint withSni(DnsName name) {
        return new Endpoint(host, port, Optional.of(name), startTls);
    }

    /** The same place, asked without a server name. */
    public Endpoint withoutSni() {
        return new Endpoint(host, port, Optional.empty(), startTls);
    }

    /** The same place, where TLS is begun in another way. */
    public Endpoint beginningWith(StartTls protocol) {
        return new Endpoint(host, port, sni, protocol);
    }

    private static boolean isShortNumber(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** What {@link #parse} reads, with the server name behind it where that is another name than the host, and how TLS is begun. */
    @Override
    public String toString() {
        String place = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        String name = sni.filter(other -> !other.value().equals(host))
                .map(other -> " (server name " + other + ")")
                .orElse("");
        return place + name + (startTls == StartTls.NONE ? "" : " (STARTTLS " + startTls + ")");
    }
}
